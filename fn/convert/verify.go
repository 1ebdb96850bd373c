package convert

import (
	"slices"

	"github.com/boxp/dindify/fn/claims"
	"github.com/boxp/dindify/fn/journal"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
)

// verify checks a converted workload with the rules of the API server, so that a bug in dindify is found here and not
// in a cluster.
func verify(o *kube.Object) {
	for _, pod := range o.Pods() {
		checkNames(pod)
		checkMounts(pod)
	}
}

func checkNames(pod kube.Pod) {
	var seen []string
	for _, container := range pod.Containers() {
		if name := container.Name(); slices.Contains(seen, name) {
			container.Error(report.Because(report.Internal, "two containers are named %s", name))
		}
		seen = append(seen, container.Name())
	}
}

func checkMounts(pod kube.Pod) {
	var volumes []string
	for _, v := range pod.Volumes() {
		if slices.Contains(volumes, v.Text("name")) {
			v.Error(report.Because(report.Internal, "two volumes are named %s", v.Text("name")))
		}
		volumes = append(volumes, v.Text("name"))
	}
	templates := claims.TemplateNames(pod.Object())
	for _, container := range pod.Containers() {
		var paths []string
		for _, m := range container.Mounts() {
			if name := m.Text("name"); journal.IsOwnVolume(name) && !slices.Contains(volumes, name) &&
				!slices.Contains(templates, name) {
				m.Error(report.Because(report.Internal, "mounts %s, which is not a volume of the pod", name))
			}
			if path := m.Text("mountPath"); slices.Contains(paths, path) {
				m.Error(report.Because(report.Internal, "two mounts at %s", path))
			} else {
				paths = append(paths, path)
			}
		}
	}
}
