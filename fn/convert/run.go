// Package convert moves workloads from the node's Docker socket to a daemon of their own, and back.
//
// A run first takes back every earlier conversion, then looks at what there is, then carries out the passes in their
// order. Passes only edit; what they did can be reported and taken back because of how manifest edits.
package convert

import (
	"slices"

	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
)

// Conversion is what the passes of one run work on.
type Conversion struct {
	config.Spec
	Set       *kube.Set
	Converted []report.Object // the workloads that were converted, as findings name them
	Workloads []Workload      // those that use a container runtime's socket, with their class
	Uses      []*Use          // in mode Audit: every way to a container runtime's socket, with the verdict on its workload

	own      []*kube.Item     // documents in which something of dindify's may stand
	clients  []*Client        // the workloads to convert
	cleanups []*Cleanup       // the jobs that prune the node's daemon
	claims   map[claim]string // host paths behind claims
	pruned   map[string]bool  // namespaces in which a CronJob of the input prunes the node, with cleanup mode Auto
}

// Pass is one step of the conversion of a workload. It edits that workload and nothing else: others are converted at the
// same time.
type Pass struct {
	Name string
	Doc  string // what it changes, in one sentence
	Run  func(*Conversion, *Client)
}

// Passes are the steps in their order: a later one sees what an earlier one has done.
var Passes = []Pass{
	{"refuse", "stops at what cannot be right: taken names, shared data volumes, contradicting isolation", refuse},
	{"strip", "removes the socket's volume, and mounts the shared socket where the node's was", strip},
	{"dockerhost", "points the clients at the daemon, and sets their variables and resources", dockerhost},
	{"network", "drops hostNetwork, and the dnsPolicy that goes with it", network},
	{"pinning", "drops the pinning to a node, where asked", pinning},
	{"inject", "adds the daemon's container and its volumes", inject},
	{"group", "lets non-root clients use the socket", group},
	{"aliases", "lets host.docker.internal resolve to the pod", aliases},
	{"grace", "gives the daemon time to stop after the client", grace},
	{"cleanup", "adds a clean-up, or makes what the job needs that pruned the node", cleanup},
}

// Run carries out what the configuration asks for. Whether it went well stands in the set's report: after an error the
// set is not fit for use.
func Run(set *kube.Set, spec config.Spec) *Conversion {
	set.Locations = slices.Concat(spec.PodSpecPaths, set.Locations) // the first that fits counts
	c := &Conversion{Spec: spec, Set: set}
	c.removeGuards()
	c.own = set.Mentioning(ours)
	if spec.Mode != config.Audit {
		c.revert()
	}
	if set.Report.Failed() || spec.Mode == config.DooD {
		return c
	}
	c.discover()
	if spec.Mode == config.Audit {
		c.audit()
	} else {
		c.apply()
	}
	return c
}

func (c *Conversion) fail(err error) {
	c.Set.Report.Fail(report.Internal, "%v", err)
}

// removeGuards removes the functionConfigs that a kustomization lists among its resources to fail closed. Elsewhere a
// functionConfig is a file of the user's: kpt would delete it.
func (c *Conversion) removeGuards() {
	for _, o := range c.Set.OfKinds("DinD") {
		if o.IsGuard() && o.IsDocument() {
			c.Set.Remove(o.Item())
		}
	}
}
