package convert

import "github.com/boxp/dindify/fn/report"

// warnNodeVolumes warns of volumes that bind an unpinned pod to its node: paths of the node, directly or by a claim
// whose PersistentVolume is in the input.
func (c *converter) warnNodeVolumes(client *Client) {
	for _, v := range client.Get("volumes").Items() {
		if at := c.finder.HostPath(client.Pod, v); at != "" {
			v.Warn(report.Because(report.NodeVolume, "is %s of the node that the pod runs on: without the pin the pod may "+
				"start on a node where that path is empty; move the data to a claim that any node can mount, or set "+
				"spec.pod.nodePinning to Keep", at))
		}
	}
}
