package convert

import (
	"strings"

	"k8s.io/apimachinery/pkg/api/resource"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
)

// computeResources are the resources that decide a pod's QoS class (k8s.io/kubernetes,
// pkg/apis/core/v1/helper/qos, ComputePodQOS).
var computeResources = []string{"cpu", "memory"}

// warnOfQoSClass warns if a pod is no longer Guaranteed because of an added container.
func warnOfQoSClass(c *converter, client *Client) {
	if !client.guaranteed || isGuaranteed(client.Pod) {
		return
	}
	var names, settings []string
	for _, container := range c.addedContainers(client) {
		if limits, requests := resourcesOf(container); !areEqual(limits, requests) {
			names, settings = append(names, container.Name()), append(settings, c.settingOf(container))
		}
	}
	if len(names) > 0 {
		client.Warn(report.Because(report.QoSClass, "the pod was Guaranteed and is Burstable now, since the requests of %s "+
			"differ from the limits: it has no exclusive CPUs, and is evicted earlier; set equal requests and limits of cpu "+
			"and memory in %s", strings.Join(names, " and "), strings.Join(settings, " and ")))
	}
}

// isGuaranteed reports whether a pod has the QoS class Guaranteed. Pod-level resources take precedence.
func isGuaranteed(pod kube.Pod) bool {
	if own := pod.Get("resources"); own.Get("limits").Exists() || own.Get("requests").Exists() {
		return areEqual(quantities(own.Get("limits")), quantities(own.Get("requests")))
	}
	containers := pod.Containers()
	for _, container := range containers {
		if container.List == "ephemeralContainers" {
			continue // which have no resources
		}
		if limits, requests := resourcesOf(container); !areEqual(limits, requests) {
			return false
		}
	}
	return len(containers) > 0
}

// areEqual reports whether all compute resources have a limit, and the same request. Without a request, the API server
// sets it to the limit.
func areEqual(limits, requests map[string]resource.Quantity) bool {
	for _, name := range computeResources {
		limit, ok := limits[name]
		if !ok || limit.IsZero() {
			return false
		}
		if request, ok := requests[name]; ok && request.Cmp(limit) != 0 {
			return false
		}
	}
	return true
}
