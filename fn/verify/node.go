package verify

import (
	"context"
	"fmt"
	"strings"

	corev1 "k8s.io/api/core/v1"
)

// node checks the objects outside of the namespace that the pod names.
func node(ctx context.Context, s *Subject) Finding {
	var seen []string
	if class := s.Spec.RuntimeClassName; class != nil && *class != "" {
		if f, there := s.exists(ctx, group("node.k8s.io/v1", "", "runtimeclasses", *class), "RuntimeClass", *class,
			"install the runtime on the nodes and make the class, or set spec.daemon.isolation"); !there {
			return f
		}
		seen = append(seen, "RuntimeClass "+*class)
	}
	for class, hint := range s.storageClasses() {
		f, there := s.exists(ctx, group("storage.k8s.io/v1", "", "storageclasses", class), "StorageClass", class, hint)
		if !there && f.Result == Fail && s.hasVolumeOf(ctx, class) {
			continue // a volume that was made by hand needs no class
		}
		if !there {
			return f
		}
		seen = append(seen, "StorageClass "+class)
	}
	if s.Pod == nil {
		return ok("%s",
			orNothing(seen, "what it names is there: ", "it names no runtime class and no storage class"))
	}
	n, err := s.node(ctx, s.Pod.Spec.NodeName)
	if err != nil {
		return blindNode(err, orNothing(seen, "there is ", "it names no runtime class and no storage class"))
	}
	info := n.Status.NodeInfo
	if info.OperatingSystem != "" && info.OperatingSystem != "linux" {
		return fail("set kubernetes.io/os: linux in the pod's spec.nodeSelector",
			"node %s runs %s, and the daemon needs Linux", n.Name, info.OperatingSystem)
	}
	if strings.HasPrefix(info.ContainerRuntimeVersion, "docker://") {
		seen = append(seen, "the node's own engine is still Docker, which other pods may reach")
	}
	return ok("%s, Linux %s, %s%s", n.Name, info.KernelVersion,
		strings.Replace(info.ContainerRuntimeVersion, "://", " ", 1), orNothing(seen, "; ", ""))
}

func orNothing(seen []string, before, nothing string) string {
	if len(seen) == 0 {
		return nothing
	}
	return before + strings.Join(seen, ", ")
}

// exists reads an object of the cluster; the finding says why there is none.
func (s *Subject) exists(ctx context.Context, path, kind, name, hint string) (Finding, bool) {
	var raw []byte
	switch err := s.Get(ctx, path, &raw); {
	case notFound(err) && s.manifestIn(kind, "", name) != nil:
		return notYet(kind + " " + name), false
	case notFound(err):
		return fail(hint, "%s %s is not in the cluster", kind, name), false
	case err != nil:
		return blind(err, "read %s %s", kind, name), false
	}
	return Finding{}, true
}

// limit describes the size limit of a volume, or returns "" if there is none.
func limit(v *corev1.Volume) string {
	if v == nil || v.EmptyDir == nil || v.EmptyDir.SizeLimit == nil {
		return ""
	}
	return fmt.Sprintf("limit %s", v.EmptyDir.SizeLimit)
}
