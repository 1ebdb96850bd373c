package convert

import (
	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/yamldoc"
)

// pinning removes the pinning to a node, if configured.
func pinning(c *converter, client *Client) {
	if c.Pod.NodePinning != config.Drop {
		return
	}
	unpin(client.Pod, report.Because(report.NodePinning, "set by spec.pod.nodePinning: the pod no longer needs a "+
		"particular node's Docker"))
	c.warnNodeVolumes(client)
}

func unpin(pod kube.Pod, why report.Reason) {
	pod.Get("nodeSelector", kube.Hostname).Delete(why)
	pod.Get("nodeSelector").Prune()
	affinity := pod.Get("affinity")
	if !affinity.Exists() {
		return
	}
	n := kube.WithoutHostname(affinity.Node())
	switch {
	case yamldoc.Equal(n, affinity.Node()):
	case n == nil:
		affinity.Delete(why)
	default:
		pod.Set("affinity", n, why)
	}
}
