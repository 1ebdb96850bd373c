package convert

import (
	"k8s.io/apimachinery/pkg/api/resource"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
)

// podResources raises pod-level resources (Kubernetes 1.34) by those of the added containers: the API server refuses
// requests below the sum of the containers', and a container's limit above the pod's (k8s.io/kubernetes,
// pkg/apis/core/validation, validatePodResources).
func podResources(c *converter, client *Client) {
	pod := client.Get("resources")
	if !pod.Exists() {
		return
	}
	for _, list := range []string{"requests", "limits"} {
		each(pod.Get(list), func(at kube.Field, name string, had resource.Quantity) {
			total := had.DeepCopy()
			for _, container := range c.addedContainers(client) {
				total.Add(addedTo(list, container, name))
			}
			if total.Cmp(had) != 0 {
				pod.Get(list).Set(name, total.String(), report.Because(report.PodResources, "%s as before, and what the daemon's "+
					"container needs", had.String()))
			}
		})
	}
	checkPodResources(client, pod)
}

// addedTo returns what a container adds to the pod's requests or limits of a resource. Without a limit, the request
// counts.
func addedTo(list string, container kube.Container, name string) resource.Quantity {
	limits, requests := resourcesOf(container)
	if list == "requests" {
		if q, ok := requests[name]; ok {
			return q
		}
		return limits[name]
	}
	q, _ := greatest(limits, requests, name)
	return q
}

// checkPodResources refuses what the API server would refuse: containers that spec.client.resources made larger than
// the pod.
func checkPodResources(client *Client, pod kube.Field) {
	total := podTotal(client.Pod, "requests", defaults{})
	each(pod.Get("requests"), func(at kube.Field, name string, q resource.Quantity) {
		if sum, ok := total[name]; ok && sum.Cmp(q) > 0 {
			at.Error(report.Because(report.PodResources, "is %s, but the requests of the containers add up to %s: raise it, "+
				"or lower spec.daemon.resources or spec.client.resources", q.String(), sum.String()))
		}
	})
	for _, container := range client.Containers() {
		limits := quantities(container.Get("resources", "limits"))
		each(pod.Get("limits"), func(at kube.Field, name string, q resource.Quantity) {
			if limit, ok := limits[name]; ok && limit.Cmp(q) > 0 {
				at.Error(report.Because(report.PodResources, "is %s, but container %s has the limit %s: raise it, or lower "+
					"spec.client.resources", q.String(), container.Name(), limit.String()))
			}
		})
	}
}
