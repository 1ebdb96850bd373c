package convert

import (
	"slices"
	"sync"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
)

// neighbour is a kind of object that stands beside a workload in the input, and decides whether its pods may run as
// converted.
type neighbour struct {
	group, kind string
	check       func(*Conversion, *Client, *kube.Object)
}

// neighbours are the kinds that are looked at for each client, of its namespace.
var neighbours = []neighbour{
	{"", "LimitRange", checkLimitRange},
	{"", "ResourceQuota", checkResourceQuota},
	{"networking.k8s.io", "NetworkPolicy", checkNetworkPolicy},
	{"autoscaling.k8s.io", "VerticalPodAutoscaler", checkVerticalPodAutoscaler},
	{"autoscaling", "HorizontalPodAutoscaler", checkHorizontalPodAutoscaler},
	{"keda.sh", "ScaledObject", checkScaledObject},
	{"kyverno.io", "ClusterPolicy", checkAdmissionPolicy},
	{"kyverno.io", "Policy", checkAdmissionPolicy},
}

// lookAround checks a client against its neighbours, once it is converted.
func lookAround(c *Conversion, client *Client) {
	for _, o := range c.neighboursOf(client) {
		for _, n := range neighbours {
			if n.kind == o.Kind() && n.group == o.Group() {
				n.check(c, client, o)
			}
		}
	}
	checkSecurityConstraints(c, client)
}

// constraintKinds decide together whether OpenShift admits a pod, so no check of one object alone can tell.
var constraintKinds = []string{sccKind, "RoleBinding", "ClusterRoleBinding"}

// neighboursOf are the objects beside a client: of its namespace, of none where one of the two names none, and those of
// the whole cluster. They belong to all clients, so what is said of them goes into the client's report: see warnAt.
func (c *Conversion) neighboursOf(client *Client) []*kube.Object {
	namespace := client.ref.Namespace
	all, known := c.near.Load(namespace)
	if !known {
		beside := slices.DeleteFunc(slices.Clone(c.neighbours()), func(o *kube.Object) bool {
			ns := o.Namespace()
			return ns != namespace && ns != "" && namespace != ""
		})
		all, _ = c.near.LoadOrStore(namespace, beside)
	}
	if beside := all.([]*kube.Object); c.look(looksAtNeighbour * len(beside)) {
		return beside
	}
	return nil
}

// looksAtNeighbour is what a neighbour counts for: it is held against selectors.
const looksAtNeighbour = 20

// readNeighbours reads them when they are first asked for: most runs have no client, and most clients no neighbour.
func (c *Conversion) readNeighbours() {
	kinds := slices.Clone(constraintKinds)
	for _, n := range neighbours {
		kinds = append(kinds, n.kind)
	}
	c.neighbours = sync.OnceValue(func() []*kube.Object { return c.Set.Copies(kinds...) })
}

// warnAt warns at a field of a neighbour.
func (cl *Client) warnAt(f kube.Field, why report.Reason) { cl.report.Add(f.Warning(why)) }
