package convert

import (
	"slices"
	"strconv"
	"strings"

	"k8s.io/apimachinery/pkg/api/resource"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
)

// checkResourceQuota compares the pods of a client with the quota of their namespace: a quota on a resource refuses a
// pod with a container that does not set it, and a pod that exceeds it (k8s.io/kubernetes,
// pkg/quota/v1/evaluator/core/pods.go).
func checkResourceQuota(c *converter, client *Client, o *kube.Object) {
	if !quotaCounts(o, client) {
		return
	}
	c.checkObjectQuota(client, o)
	each(o.Root().Get("spec", "hard"), func(f kube.Field, name string, hard resource.Quantity) {
		list, resourceName, ok := quotaOn(name)
		if !ok {
			return
		}
		for _, container := range c.addedContainers(client) {
			limits, requests := resourcesOf(container)
			_, named := limits[resourceName] // which is also the request, if none is set
			if !named && list == "requests" {
				_, named = requests[resourceName]
			}
			if !named {
				client.warnAt(f, report.Because(report.ResourceQuota, "requires every container to set %s.%s, but %s of %s does "+
					"not: its pods will be refused; set %s",
					list, resourceName, container.Name(), client.title(), c.settingOf(container)))
			}
		}
		each := podTotal(client.Pod, list, defaults{})[resourceName]
		need := addition{
			quantity: c.quotaUse(client, each, list, resourceName), surge: times(each, surgeOf(client).pods),
			way: "set spec.daemon.resources",
		}
		if c.quotas.exceeds(f, name, hard, need, client) {
			client.warnAt(f, report.Because(report.ResourceQuota, "is %s, but %s needs %s with its daemon: pods will be "+
				"refused; raise it, or %s", hard.String(), client.title(), need.quantity.String(), need.way))
		}
	})
}

// quotaOn parses the name of a quota: requests.cpu, limits.memory, or cpu for requests.cpu. ok is false for quotas
// that containers do not set.
func quotaOn(name string) (list, resourceName string, ok bool) {
	list, resourceName, found := strings.Cut(name, ".")
	if !found {
		list, resourceName = "requests", name
	}
	known := slices.Contains([]string{"cpu", "memory", "ephemeral-storage"}, resourceName)
	return list, resourceName, known && (list == "requests" || list == "limits")
}

// quotaUse returns what all pods of a client need of a resource, of which each needs so much, and a generated clean-up.
func (c *converter) quotaUse(client *Client, each resource.Quantity, list, name string) resource.Quantity {
	total := times(each, replicas(client))
	if client.generates("CronJob") {
		of := c.Cleanup.Resources.Requests
		if list == "limits" {
			of = c.Cleanup.Resources.Limits
		}
		total.Add(of[name])
	}
	return total
}

func times(q resource.Quantity, n int64) resource.Quantity {
	q = q.DeepCopy()
	q.Mul(n)
	return q
}

// replicas returns the number of pods of a client, 1 if the input does not set it.
func replicas(client *Client) int64 {
	n, err := strconv.ParseInt(client.Template().Parent().Text("replicas"), 10, 32)
	if err != nil || n < 0 {
		return 1
	}
	return n
}

// quotaCounts reports whether a quota counts the pods of a client. Quotas for other scopes do not: those of Jobs with
// a deadline, and those without any resources.
func quotaCounts(o *kube.Object, client *Client) bool {
	scopes := o.Root().Get("spec").Texts("scopes")
	for _, e := range o.Root().Get("spec", "scopeSelector", "matchExpressions").Items() {
		scopes = append(scopes, e.Text("scopeName"))
	}
	terminating := client.Get("activeDeadlineSeconds").Exists()
	return !slices.Contains(scopes, "BestEffort") && (terminating || !slices.Contains(scopes, "Terminating")) &&
		(!terminating || !slices.Contains(scopes, "NotTerminating"))
}
