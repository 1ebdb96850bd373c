package convert

import "github.com/boxp/dindify/fn/report"

// warnNodeVolumes names what binds an unpinned pod to its node: volumes that are paths of the node, by themselves or
// behind a claim whose PersistentVolume is in the input.
func (c *Conversion) warnNodeVolumes(client *Client) {
	for _, v := range client.Get("volumes").Items() {
		if at := c.hostPath(client.Pod, v); at != "" {
			v.Warn(report.Because(report.NodeVolume, "is %s of whichever node the pod runs on: without the pin it may start "+
				"where that path holds nothing; move the data to a claim that any node can mount, or set "+
				"spec.pod.nodePinning to Keep", at))
		}
	}
}
