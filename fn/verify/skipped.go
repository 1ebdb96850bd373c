package verify

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/boxp/dindify/fn/audit"
	"github.com/boxp/dindify/fn/journal"
	"github.com/boxp/dindify/fn/socket"
)

// skipped checks whether dindify ran at all before the objects were applied.
func skipped(_ context.Context, s *Subject) Finding {
	for _, m := range s.Manifests {
		if m.isGuard() {
			return fail("build with --enable-alpha-plugins --enable-exec, or with dindify build",
				"the files of -f hold %s, which dindify takes out: it did not run", m).inferred()
		}
	}
	node := nodeSocket(&s.Workload.Template.Spec)
	switch inFile := s.manifest != nil && s.manifest.Annotations[journal.Annotation] != ""; {
	case s.missing:
		return skip("it is not in the cluster")
	case s.Daemon == nil && node != "" && !usesNodeDocker(&s.Workload.Template):
		return skip("it only observes %s of the node, and is left alone", node)
	case s.Daemon == nil && node != "":
		return fail("convert it: dindify convert, or the component in its kustomization",
			"it mounts %s of the node and has no Docker daemon of its own", node)
	case s.Daemon == nil:
		return fail("dindify audit says why", "it has no Docker daemon of its own")
	case node != "":
		return fail("remove it from the pod's spec.volumes, with its volumeMounts",
			"it has a Docker daemon of its own and still mounts %s of the node", node)
	case inFile && !s.converted():
		return fail("see who else applies it: kubectl get --show-managed-fields",
			"the file of -f is converted, and what the cluster has is not")
	case s.converted():
		return ok("it is converted by dindify")
	}
	return ok("its Docker daemon was written by hand")
}

// nodeSocket returns a path of the node through which a pod reaches the socket of the node's Docker, or "".
func nodeSocket(pod *corev1.PodSpec) string {
	for _, v := range pod.Volumes {
		if v.HostPath == nil {
			continue
		}
		if use, found := socket.Find(v.HostPath.Path); found && use.Runtime == socket.Docker && isMounted(pod, v.Name) {
			return v.HostPath.Path
		}
	}
	return ""
}

// usesNodeDocker reports whether a pod is one that `dindify audit` counts among those to convert: a pod that only
// observes the node's containers is not.
func usesNodeDocker(template *corev1.PodTemplateSpec) bool {
	if nodeSocket(&template.Spec) == "" {
		return false
	}
	meta := template.ObjectMeta.DeepCopy()
	meta.Name = cmp.Or(meta.Name, "pod")
	raw, err := json.Marshal(corev1.Pod{
		TypeMeta: metav1.TypeMeta{APIVersion: "v1", Kind: "Pod"}, ObjectMeta: *meta, Spec: template.Spec,
	})
	if err != nil {
		return true
	}
	rows, err := auditRows(string(raw))
	return err != nil || slices.ContainsFunc(rows, func(row audit.Row) bool { return !leftAlone(row) })
}

func isMounted(pod *corev1.PodSpec, volume string) bool {
	for _, list := range [][]corev1.Container{pod.InitContainers, pod.Containers} {
		for _, c := range list {
			for _, m := range c.VolumeMounts {
				if m.Name == volume {
					return true
				}
			}
		}
	}
	return false
}
