package convert

import (
	"slices"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/yamldoc"
)

const hostname = "kubernetes.io/hostname"

// pinning lets the scheduler choose the node, where the configuration says so.
func pinning(c *Conversion, client *Client) {
	if c.Pod.NodePinning != config.Drop {
		return
	}
	unpin(client.Pod, report.Because(report.NodePinning, "set by spec.pod.nodePinning: the pod needs no particular node's Docker any more"))
	c.warnNodeVolumes(client)
}

func unpin(pod kube.Pod, why report.Reason) {
	pod.Get("nodeSelector", hostname).Delete(why)
	pod.Get("nodeSelector").Prune()
	affinity := pod.Get("affinity")
	if !affinity.Exists() {
		return
	}
	n := without(affinity.Node())
	switch {
	case yamldoc.Equal(n, affinity.Node()):
	case n == nil:
		affinity.Delete(why)
	default:
		pod.Set("affinity", n, why)
	}
}

// without is a copy of a tree without the node affinity terms on the host name, and without what that leaves empty.
func without(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.ScalarNode || n.Kind == yaml.AliasNode {
		return n
	}
	if yamldoc.Text(n, "key") == hostname {
		return nil
	}
	cp := *n
	cp.Content, cp.Line = nil, 0
	k := 1
	if n.Kind == yaml.MappingNode {
		k = 2
	}
	for i := 0; i < len(n.Content); i += k {
		if v := without(n.Content[i+k-1]); v != nil {
			cp.Content = append(cp.Content, append(slices.Clone(n.Content[i:i+k-1]), v)...)
		}
	}
	if len(cp.Content) == 0 || onlyWeight(&cp) {
		return nil
	}
	return &cp
}

// onlyWeight is true of a preferred scheduling term that has lost its preference.
func onlyWeight(n *yaml.Node) bool {
	return n.Kind == yaml.MappingNode && yamldoc.HasKeys(n, "weight")
}
