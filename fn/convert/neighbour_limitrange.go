package convert

import (
	"slices"

	"k8s.io/apimachinery/pkg/api/resource"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
)

// checkLimitRange compares the added containers, and the whole pod, with the limits of their namespace
// (k8s.io/kubernetes, plugin/pkg/admission/limitranger).
func checkLimitRange(c *converter, client *Client, o *kube.Object) {
	limits := o.Root().Get("spec", "limits").Items()
	for _, limit := range limits {
		switch limit.Text("type") {
		case "Container":
			for _, container := range c.addedContainers(client) {
				limits, requests := resourcesOf(container)
				checkContainerLimits(client, limited{
					"container " + container.Name() + " of " + client.title(), c.settingOf(container), limits, requests,
				}, limit)
			}
			if client.job != nil || client.generates("CronJob") {
				checkContainerLimits(client, limited{
					"the clean-up's job for " + client.title(), "spec.cleanup.resources",
					c.Cleanup.Resources.Limits, c.Cleanup.Resources.Requests,
				}, limit)
			}
		case "Pod":
			checkPodLimits(client, limit, defaultsOf(limits))
		case "PersistentVolumeClaim":
			c.checkClaimLimits(client, limit)
		}
	}
}

// defaultsOf returns what containers get from a LimitRange. A default that is not set is the maximum, and a default
// request the default limit, or else the minimum (k8s.io/kubernetes, pkg/apis/core/v1, SetDefaults_LimitRangeItem).
func defaultsOf(limits []kube.Field) (by defaults) {
	for _, limit := range limits {
		if limit.Text("type") != "Container" {
			continue
		}
		most := merged(quantities(limit.Get("default")), quantities(limit.Get("max")))
		by.limits = merged(by.limits, most)
		by.requests = merged(by.requests, quantities(limit.Get("defaultRequest")), most, quantities(limit.Get("min")))
	}
	return by
}

// limited is a container that a conversion adds, as far as a LimitRange is about it.
type limited struct {
	what, setting    string
	limits, requests map[string]resource.Quantity
}

func checkContainerLimits(client *Client, added limited, limit kube.Field) {
	limits, requests := added.limits, added.requests
	warn := func(f kube.Field, problem string, args ...any) {
		why := report.Because(report.LimitRange, problem, args...)
		why.Text += "; change it, or set " + added.setting
		client.warnAt(f, why)
	}
	each(limit.Get("max"), func(f kube.Field, name string, most resource.Quantity) {
		if q, ok := greatest(limits, requests, name); ok && q.Cmp(most) > 0 {
			warn(f, "is %s, and %s has %s: its pods will be refused", most.String(), added.what, q.String())
		}
	})
	each(limit.Get("min"), func(f kube.Field, name string, least resource.Quantity) {
		if q, ok := requests[name]; ok && q.Cmp(least) < 0 {
			warn(f, "is %s, and %s requests %s: its pods will be refused", least.String(), added.what, q.String())
		}
	})
	each(limit.Get("maxLimitRequestRatio"), func(f kube.Field, name string, ratio resource.Quantity) {
		most, ok := limits[name]
		if least := requests[name]; ok && least.Sign() > 0 &&
			most.AsApproximateFloat64() > ratio.AsApproximateFloat64()*least.AsApproximateFloat64() {
			warn(f, "is %s, and %s may use %s of %s requested: its pods will be refused", ratio.String(), added.what,
				most.String(), least.String())
		}
	})
	each(limit.Get("default"), func(f kube.Field, name string, q resource.Quantity) {
		if _, ok := limits[name]; !ok {
			warn(f, "is %s, and becomes the limit of %s, which has none", q.String(), added.what)
		}
	})
}

// checkPodLimits compares the sum of all containers with the limits of a pod.
func checkPodLimits(client *Client, limit kube.Field, by defaults) {
	for _, list := range []string{"limits", "requests"} {
		total := podTotal(client.Pod, list, by)
		each(limit.Get("max"), func(f kube.Field, name string, most resource.Quantity) {
			if q, ok := total[name]; ok && q.Cmp(most) > 0 {
				client.warnAt(f, report.Because(report.LimitRange,
					"is %s, and the %s of %s add up to %s with the daemon's: its pods will be refused; change it, or set "+
						"spec.daemon.resources",
					most.String(), list, client.title(), q.String()))
			}
		})
	}
}

// checkClaimLimits compares the claim of an ephemeral volume with the limits of its namespace.
func (c *converter) checkClaimLimits(client *Client, limit kube.Field) {
	storage := c.Daemon.Storage.Ephemeral
	if storage == nil {
		return
	}
	size := resource.MustParse(storage.Size)
	for _, bound := range []struct {
		name    string
		outside int // how the size compares with the bound if it is outside
	}{{"max", 1}, {"min", -1}} {
		of := limit.Get(bound.name)
		if q, ok := quantities(of)["storage"]; ok && size.Cmp(q) == bound.outside {
			client.warnAt(of.Get("storage"), report.Because(report.LimitRange, "is %s, and the claim of %s for the daemon's "+
				"data has %s: it will be refused; change it, or set spec.daemon.storage.ephemeral.size",
				q.String(), client.title(), size.String()))
		}
	}
}

// greatest returns the limit of a resource, or the request if there is no limit.
func greatest(limits, requests map[string]resource.Quantity, name string) (resource.Quantity, bool) {
	if q, ok := limits[name]; ok {
		return q, true
	}
	q, ok := requests[name]
	return q, ok
}

// each calls do with every quantity of a mapping, in the order of the names.
func each(f kube.Field, do func(at kube.Field, name string, q resource.Quantity)) {
	all := quantities(f)
	names := f.Keys()
	slices.Sort(names)
	for _, name := range names {
		if q, ok := all[name]; ok {
			do(f.Get(name), name, q)
		}
	}
}
