package convert

import (
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/yamldoc/fast"
)

// nodeImages warns of pods that only run images on the node: converted workloads now build into their own daemons.
func (c *converter) nodeImages() {
	if len(c.clients) == 0 || c.Set.Report.Failed() {
		return
	}
	for _, item := range c.Set.Mentioning("Never") {
		if !fast.Mentions(item.Document().Body(), "imagePullPolicy") {
			continue
		}
		for _, o := range c.Set.ObjectsIn([]*kube.Item{item}) {
			for _, pod := range o.Pods() {
				warnOfNodeImages(pod)
			}
		}
	}
}

func warnOfNodeImages(pod kube.Pod) {
	for _, container := range pod.Containers() {
		if container.Text("imagePullPolicy") != "Never" || !pod.Known {
			continue
		}
		container.Get("imagePullPolicy").Warn(report.Because(report.NodeImage, "%s must already be on the node, but images "+
			"that a converted workload builds stay in its pod: push built images to a registry and pull them from there",
			container.Text("image")))
	}
}
