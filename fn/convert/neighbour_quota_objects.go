package convert

import (
	"strings"

	"k8s.io/apimachinery/pkg/api/resource"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
)

// addition is what a conversion adds to the use of a quota.
type addition struct {
	quantity resource.Quantity
	surge    resource.Quantity // more during an update of the client
	of       string            // what is added
	way      string            // how to avoid it
}

// checkObjectQuota compares the objects that a conversion adds to a namespace with its quota
// (kubernetes.io/docs/concepts/policy/resource-quotas, "Storage Resource Quota" and "Object Count Quota").
func (c *converter) checkObjectQuota(client *Client, o *kube.Object) {
	added := c.quotaAdditions(client)
	each(o.Root().Get("spec", "hard"), func(f kube.Field, name string, hard resource.Quantity) {
		if a, ok := added[name]; ok && c.quotas.exceeds(f, name, hard, a, client) {
			client.warnAt(f, report.Because(report.ResourceQuota, "is %s, but %s for %s needs %s: it will be refused; raise "+
				"it, or %s", hard.String(), a.of, client.title(), a.quantity.String(), a.way))
		}
	})
}

// quotaAdditions returns what a conversion adds, by the names of quotas.
func (c *converter) quotaAdditions(client *Client) map[string]addition {
	added := map[string]addition{}
	for _, g := range client.generated {
		name := "count/" + strings.ToLower(g.kind) + "s"
		if group := kube.GroupOf(g.apiVersion); group != "" {
			name += "." + group
		}
		added[name] = addition{
			quantity: *resource.NewQuantity(1, resource.DecimalSI), of: "the clean-up's " + g.kind,
			way: "set spec.cleanup.mode to Sidecar",
		}
	}
	storage := c.Daemon.Storage.Ephemeral
	if storage == nil {
		return added
	}
	add := func(name string, q resource.Quantity) {
		added[name] = addition{
			quantity: times(q, replicas(client)), surge: times(q, surgeOf(client).pods), of: "spec.daemon.storage.ephemeral",
			way: "use spec.daemon.storage.emptyDir",
		}
	}
	one, size := *resource.NewQuantity(1, resource.DecimalSI), resource.MustParse(storage.Size)
	add("count/persistentvolumeclaims", one)
	prefixes := []string{""}
	if storage.StorageClassName != "" {
		prefixes = append(prefixes, storage.StorageClassName+".storageclass.storage.k8s.io/")
	}
	for _, prefix := range prefixes {
		add(prefix+"persistentvolumeclaims", one)
		add(prefix+"requests.storage", size)
	}
	return added
}
