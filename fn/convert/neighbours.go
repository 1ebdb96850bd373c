package convert

import (
	"slices"
	"sync"

	"github.com/boxp/dindify/fn/kube"
)

// neighbour is a kind of object in a workload's namespace that decides whether its converted pods may run.
type neighbour struct {
	group, kind string
	check       func(*converter, *Client, *kube.Object)
}

// neighbours lists the kinds that are checked for each client, in its namespace.
var neighbours = []neighbour{
	{"", "LimitRange", checkLimitRange},
	{"", "ResourceQuota", checkResourceQuota},
	{"networking.k8s.io", "NetworkPolicy", checkNetworkPolicy},
	{"cilium.io", "CiliumNetworkPolicy", checkCiliumPolicy},
	{"cilium.io", "CiliumClusterwideNetworkPolicy", checkCiliumPolicy},
	{"projectcalico.org", "NetworkPolicy", checkCalicoPolicy},
	{"projectcalico.org", "GlobalNetworkPolicy", checkCalicoPolicy},
	{"crd.projectcalico.org", "NetworkPolicy", checkCalicoPolicy},
	{"crd.projectcalico.org", "GlobalNetworkPolicy", checkCalicoPolicy},
	{"autoscaling.k8s.io", "VerticalPodAutoscaler", checkVerticalPodAutoscaler},
	{"autoscaling", "HorizontalPodAutoscaler", checkHorizontalPodAutoscaler},
	{"keda.sh", "ScaledObject", checkScaledObject},
	{"kyverno.io", "ClusterPolicy", checkAdmissionPolicy},
	{"kyverno.io", "Policy", checkAdmissionPolicy},
}

// checkNeighbours checks a converted client against its neighbours.
func checkNeighbours(c *converter, client *Client) {
	for _, o := range c.neighboursOf(client) {
		kind, group := o.Kind(), o.Group()
		for _, n := range neighbours {
			if n.kind == kind && n.group == group {
				n.check(c, client, o)
			}
		}
	}
	checkSecurityConstraints(c, client)
}

// neighboursOf returns the objects in a client's namespace that are checked one by one. They are shared by all
// clients, so findings go to the client's report: see warnAt.
func (c *converter) neighboursOf(client *Client) []*kube.Object {
	return c.sharingNamespace(client, &c.neighbours)
}

// neighbourIndex indexes objects of the input by the namespaces of clients.
type neighbourIndex struct {
	all         func() []*kube.Object // read on first use: most runs have no client
	byNamespace sync.Map              // namespace: the neighbours of its clients
}

// lookupsPerNeighbour is the cost of a neighbour in lookups, since it is matched against selectors.
const lookupsPerNeighbour = 20

// sharingNamespace returns the objects that apply to a client: in its namespace, in no namespace if one of the two has
// none, and cluster-wide ones. It returns none if the run exceeds its limit.
func (c *converter) sharingNamespace(client *Client, index *neighbourIndex) []*kube.Object {
	namespace := client.ref.Namespace
	objects, known := index.byNamespace.Load(namespace)
	if !known {
		own := slices.DeleteFunc(slices.Clone(index.all()), func(o *kube.Object) bool {
			ns := o.Namespace()
			return ns != namespace && ns != "" && namespace != ""
		})
		objects, _ = index.byNamespace.LoadOrStore(namespace, own)
	}
	if own := objects.([]*kube.Object); c.lookups.Add(lookupsPerNeighbour * len(own)) {
		return own
	}
	return nil
}

// readNeighbours prepares the lookup of neighbours.
func (c *converter) readNeighbours() {
	var kinds []string
	for _, n := range neighbours {
		kinds = append(kinds, n.kind)
	}
	c.neighbours.all = sync.OnceValue(func() []*kube.Object { return c.Set.Copies(kinds...) })
	c.constraints.all = sync.OnceValue(func() []*kube.Object { return c.Set.Copies(constraintKinds...) })
	c.hasConstraints = sync.OnceValue(func() bool { return slices.ContainsFunc(c.constraints.all(), isConstraint) })
}
