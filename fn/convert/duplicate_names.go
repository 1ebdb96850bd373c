package convert

import (
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
)

// refuseDuplicateNames refuses duplicate names in a pod, as the API server does: two containers or volumes of one name,
// two mounts of a container at one path. Edits that find an element by its name could change the wrong one.
func refuseDuplicateNames(pod kube.Pod) {
	containers, volumes := map[string]bool{}, map[string]bool{}
	for _, v := range pod.Get("volumes").Items() {
		refuseSecond(volumes, v, v.Text("name"), "volumes")
	}
	for _, container := range pod.Containers() {
		refuseSecond(containers, container.Field, container.Name(), "containers")
		paths := map[string]bool{}
		for _, m := range container.Mounts() {
			refuseSecond(paths, m, m.Text("mountPath"), "volume mounts")
		}
	}
}

func refuseSecond(seen map[string]bool, f kube.Field, name, what string) {
	if name != "" && seen[name] {
		f.Error(report.Because(report.DuplicateName, "there are two %s named %s, which the API server refuses: "+
			"rename or remove one", what, name))
	}
	seen[name] = true
}
