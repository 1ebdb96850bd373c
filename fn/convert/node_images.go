package convert

import (
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/yamldoc/fast"
)

// nodeImages says which pods run only what is on the node: what converted workloads build is in their own daemons from
// now on.
func (c *Conversion) nodeImages() {
	if len(c.clients) == 0 || c.Set.Report.Failed() {
		return
	}
	for _, item := range c.Set.Mentioning("Never") {
		if !fast.Mentions(item.Document().Text(), "imagePullPolicy") {
			continue
		}
		for _, o := range c.Set.ObjectsIn([]*kube.Item{item}) {
			for _, pod := range o.Pods() {
				sayNodeImages(pod)
			}
		}
	}
}

func sayNodeImages(pod kube.Pod) {
	for _, container := range pod.Containers() {
		if container.Text("imagePullPolicy") != "Never" || !pod.Known {
			continue
		}
		container.Get("imagePullPolicy").Warn(report.Because(report.NodeImage, "%s has to be on the node already, and what "+
			"a converted workload builds stays in its pod: "+
			"push images that it builds to a registry, and pull them", container.Text("image")))
	}
}
