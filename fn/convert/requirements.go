package convert

import (
	"maps"
	"slices"

	"k8s.io/apimachinery/pkg/api/resource"

	"github.com/boxp/dindify/fn/kube"
)

// quantities returns the quantities of a mapping, such as a container's limits. Invalid ones are omitted: the API
// server reports them.
func quantities(f kube.Field) map[string]resource.Quantity {
	all := map[string]resource.Quantity{}
	for _, name := range f.Keys() {
		if q, err := resource.ParseQuantity(f.Text(name)); err == nil {
			all[name] = q
		}
	}
	return all
}

// resourcesOf returns the limits and requests of a container.
func resourcesOf(container kube.Container) (limits, requests map[string]resource.Quantity) {
	return quantities(container.Get("resources", "limits")), quantities(container.Get("resources", "requests"))
}

// defaults are the limits and requests that a LimitRange gives to containers without their own.
type defaults struct{ limits, requests map[string]resource.Quantity }

// needed returns the quantities of a container that the API server counts, in requests or limits. A request that is
// not set is the limit.
func needed(container kube.Container, list string, by defaults) map[string]resource.Quantity {
	limits, requests := resourcesOf(container)
	if list == "limits" {
		return merged(limits, by.limits)
	}
	return merged(requests, limits, by.requests)
}

// merged returns the entries of several mappings; the first that has one counts.
func merged(of ...map[string]resource.Quantity) map[string]resource.Quantity {
	all := map[string]resource.Quantity{}
	for _, one := range slices.Backward(of) {
		maps.Copy(all, one)
	}
	return all
}

// podTotal returns the sum of each resource over the containers of a pod, in requests or limits. Init containers run
// one by one, beside the sidecars started before them (KEP-753, "Resources calculation").
func podTotal(pod kube.Pod, list string, by defaults) map[string]resource.Quantity {
	running, peak := map[string]resource.Quantity{}, map[string]resource.Quantity{}
	for _, container := range pod.Containers() {
		if container.List == "ephemeralContainers" {
			continue // may be empty
		}
		for name, q := range needed(container, list, by) {
			sum := running[name].DeepCopy()
			sum.Add(q)
			if most := peak[name]; sum.Cmp(most) > 0 {
				peak[name] = sum
			}
			if container.List != "initContainers" || container.IsSidecar() {
				running[name] = sum
			}
		}
	}
	return peak
}
