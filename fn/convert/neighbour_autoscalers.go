package convert

import (
	"slices"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
)

// checkVerticalPodAutoscaler warns if the autoscaler sets the daemon's resources from its usage: builds and pulls
// come in bursts, and an eviction of the daemon stops its containers.
func checkVerticalPodAutoscaler(c *converter, client *Client, o *kube.Object) {
	spec := o.Root().Get("spec")
	if !isReferenceTo(spec.Get("targetRef"), client) || spec.Text("updatePolicy", "updateMode") == "Off" {
		return
	}
	policies := spec.Get("resourcePolicy", "containerPolicies")
	var general, own string
	for _, p := range policies.Items() {
		switch p.Text("containerName") {
		case "*":
			general = p.Text("mode")
		case c.Daemon.Name:
			own = p.Text("mode")
		}
	}
	if own == "Off" || own == "" && general == "Off" {
		return
	}
	client.warnAt(policies, report.Because(report.VerticalAutoscaler,
		"lets the autoscaler set the resources of every container of %s: the daemon's past usage says little about "+
			"the next build, and each change restarts its containers; add a policy with containerName %s and mode Off",
		client.title(), c.Daemon.Name))
}

// checkHorizontalPodAutoscaler warns of metrics that include the daemon.
func checkHorizontalPodAutoscaler(_ *converter, client *Client, o *kube.Object) {
	spec := o.Root().Get("spec")
	if !scalers["HorizontalPodAutoscaler"].targets(o, client) {
		return
	}
	for _, m := range spec.Get("metrics").Items() {
		if m.Text("type") == "Resource" {
			warnOfPodMetric(client, m, m.Text("resource", "name"), "use type ContainerResource with the application's container")
		}
	}
	if cpu := spec.Get("targetCPUUtilizationPercentage"); cpu.Exists() {
		warnOfPodMetric(client, cpu, "cpu", "use autoscaling/v2 and type ContainerResource with the application's container")
	}
}

// checkScaledObject does the same for KEDA, whose cpu and memory triggers become metrics of an autoscaler.
func checkScaledObject(_ *converter, client *Client, o *kube.Object) {
	spec := o.Root().Get("spec")
	if !scalers["ScaledObject"].targets(o, client) {
		return
	}
	for _, t := range spec.Get("triggers").Items() {
		if kind := t.Text("type"); slices.Contains([]string{"cpu", "memory"}, kind) &&
			t.Text("metadata", "containerName") == "" {
			warnOfPodMetric(client, t, kind, "set metadata.containerName to the application's container")
		}
	}
}

func warnOfPodMetric(client *Client, at kube.Field, name, way string) {
	client.warnAt(at, report.Because(report.HorizontalAutoscaler,
		"scales %s by the %s of the whole pod, which now includes the daemon and its containers: %s", client.title(),
		name, way))
}

func isReferenceTo(ref kube.Field, client *Client) bool {
	return ref.Text("kind") == client.ref.Kind && ref.Text("name") == client.ref.Name
}
