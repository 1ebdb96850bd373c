package journal

import (
	"slices"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/socket"
	"github.com/boxp/dindify/fn/yamldoc"
)

// pathOnNode returns the path on the node that a volume leads to, or "" if it is of a form that no conversion removes.
func (c *Conversion) pathOnNode(v *yaml.Node) string {
	if claim := yamldoc.Text(v, "persistentVolumeClaim", "claimName"); claim != "" {
		if !hasOnly(v, "name", "persistentVolumeClaim") {
			return ""
		}
		return c.claimPath(c.o.Namespace(), claim)
	}
	hostPath := yamldoc.Get(v, "hostPath")
	if !hasOnly(v, "name", "hostPath") || !hasOnly(hostPath, "path", "type") || !hasOnlyScalars(hostPath) {
		return ""
	}
	return yamldoc.Text(v, "hostPath", "path")
}

// isSocket reports whether a path on the node leads to Docker's socket, for a workload that would be converted: one
// that mounts the node's root needs an annotation for that.
func (c *Conversion) isSocket(path string) bool {
	use, ok := socket.Find(path)
	return ok && use.Runtime == socket.Docker && (socket.Normalize(path) != "/" || c.isForced())
}

// isForced reports whether somebody has annotated the object or its pods to be converted.
func (c *Conversion) isForced() bool {
	return c.o.Annotation(kube.ConvertAnnotation) == "true" || slices.ContainsFunc(c.o.Pods(), func(pod kube.Pod) bool {
		return pod.Template().Text("metadata", "annotations", kube.ConvertAnnotation) == "true"
	})
}

// isSocketVolume matches a volume with Docker's socket on the node: it leads there itself, or by a mount that the
// journal restores.
func isSocketVolume(c *Conversion, v value) bool {
	path := c.pathOnNode(v.node)
	return c.isSocket(path) || slices.ContainsFunc(c.restored[yamldoc.Text(v.node, "name")], func(m *yaml.Node) bool {
		return c.isSocket(shownBy(m, path))
	})
}

// isSocketMount matches a mount that shows the socket, of a volume that the journal restores or that exists.
func isSocketMount(c *Conversion, v value) bool {
	shows := func(path string) bool { return c.isSocket(shownBy(v.node, path)) }
	return slices.ContainsFunc(c.onNode[yamldoc.Text(v.node, "name")], shows) &&
		hasOnly(v.node, "mountPath", "mountPropagation", "name", "readOnly", "recursiveReadOnly", "subPath", "subPathExpr") &&
		hasOnlyScalars(v.node)
}

func hasOnlyScalars(n *yaml.Node) bool {
	for _, v := range yamldoc.Entries(n) {
		if yamldoc.Target(v).Kind != yaml.ScalarNode {
			return false
		}
	}
	return true
}

// shownBy returns the path on the node that a mount shows of a volume.
func shownBy(mount *yaml.Node, path string) string {
	return socket.Below(path, yamldoc.Text(mount, "subPath"), yamldoc.Text(mount, "subPathExpr"))
}
