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
		kind, group := o.Kind(), o.Group()
		for _, n := range neighbours {
			if n.kind == kind && n.group == group {
				n.check(c, client, o)
			}
		}
	}
	checkSecurityConstraints(c, client)
}

// neighboursOf are the objects beside a client that are looked at one by one. They belong to all clients, so what is
// said of them goes into the client's report: see warnAt.
func (c *Conversion) neighboursOf(client *Client) []*kube.Object {
	return c.beside(client, &c.neighbours)
}

// surroundings are objects of the input, and which of them are beside the clients of each namespace.
type surroundings struct {
	all  func() []*kube.Object // read when they are first asked for: most runs have no client
	near sync.Map              // namespace: the objects beside its clients
}

// looksAtNeighbour is what a neighbour counts for: it is held against selectors.
const looksAtNeighbour = 20

// beside are the objects beside a client: of its namespace, of none where one of the two names none, and those of the
// whole cluster. There are none where the run is beyond its limit with them.
func (c *Conversion) beside(client *Client, s *surroundings) []*kube.Object {
	namespace := client.ref.Namespace
	near, known := s.near.Load(namespace)
	if !known {
		own := slices.DeleteFunc(slices.Clone(s.all()), func(o *kube.Object) bool {
			ns := o.Namespace()
			return ns != namespace && ns != "" && namespace != ""
		})
		near, _ = s.near.LoadOrStore(namespace, own)
	}
	if own := near.([]*kube.Object); c.look(looksAtNeighbour * len(own)) {
		return own
	}
	return nil
}

// readNeighbours says how the objects beside clients are read.
func (c *Conversion) readNeighbours() {
	var kinds []string
	for _, n := range neighbours {
		kinds = append(kinds, n.kind)
	}
	c.neighbours.all = sync.OnceValue(func() []*kube.Object { return c.Set.Copies(kinds...) })
	c.constraints.all = sync.OnceValue(func() []*kube.Object { return c.Set.Copies(constraintKinds...) })
	c.hasConstraints = sync.OnceValue(func() bool { return slices.ContainsFunc(c.constraints.all(), isConstraint) })
}

// warnAt warns at a field of a neighbour.
func (cl *Client) warnAt(f kube.Field, why report.Reason) { cl.report.Add(f.Warning(why)) }
