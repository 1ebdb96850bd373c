// Package convert moves workloads from the node's Docker socket to a daemon of their own, and back.
//
// A run first takes back every earlier conversion, then looks at what there is, then carries out the passes in their
// order. Passes only edit; what they did can be reported and taken back because of how manifest edits.
package convert

import (
	"slices"

	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/manifest"
	"github.com/boxp/dindify/fn/parallel"
	"github.com/boxp/dindify/fn/report"
)

// Conversion is what the passes of one run work on.
type Conversion struct {
	config.Spec
	Set      *manifest.Set
	Clients  []*Client            // the workloads to convert
	Cleanups []*Cleanup           // the jobs that prune the node's daemon
	Uses     []Use                // every way to a container runtime's socket, with the verdict on its workload
	Daemons  []manifest.Container // of workloads that have one already

	claims map[claim]string // host paths behind claims
}

// Pass is one step of the conversion.
type Pass struct {
	Name string
	Doc  string // what it changes, in one sentence
	Run  func(*Conversion)
}

// Passes are the steps in their order: a later one sees what an earlier one has done.
var Passes = []Pass{
	{"refuse", "stops at what cannot be right: taken names, shared data volumes, contradicting isolation", refuse},
	{"strip", "removes the socket's volume, and mounts the shared socket where the node's was", strip},
	{"point", "points the clients at the daemon, and sets their variables and resources", point},
	{"network", "drops hostNetwork, and the dnsPolicy that goes with it", network},
	{"pinning", "drops the pinning to a node, where asked", pinning},
	{"inject", "adds the daemon's container and its volumes", inject},
	{"group", "lets non-root clients use the socket", group},
	{"aliases", "lets host.docker.internal resolve to the pod", aliases},
	{"grace", "gives the daemon time to stop after the client", grace},
	{"cleanup", "rewrites the job that prunes the node, or adds a clean-up", cleanup},
}

// Run carries out what the configuration asks for. Whether it went well stands in the set's report: after an error the
// set is not fit for use.
func Run(set *manifest.Set, spec config.Spec) *Conversion {
	set.Places = slices.Concat(spec.PodSpecPaths, set.Places) // the first that fits counts
	c := &Conversion{Spec: spec, Set: set}
	removeGuards(set)
	if spec.Mode != config.Audit {
		c.undo()
	}
	if set.Report.Failed() || spec.Mode == config.DooD {
		return c
	}
	c.look()
	if spec.Mode == config.Audit {
		c.audit()
	} else {
		c.apply()
	}
	return c
}

func (c *Conversion) apply() {
	collapse, err := c.expand()
	if err != nil {
		c.fail(err)
		return
	}
	for _, pass := range Passes {
		if pass.Run(c); c.Set.Report.Failed() {
			return
		}
	}
	collapse()
	c.seal()
}

// seal writes the journals, and the edits into the texts, and looks at what came of them. One document after the other:
// the trees of all of them together are most of the memory that a run would need.
func (c *Conversion) seal() {
	perItem := c.editedByItem()
	err := parallel.For(len(perItem), func(i int) error {
		for _, o := range perItem[i] {
			if err := o.Seal(); err != nil {
				return err
			}
		}
		return c.Set.Settle(perItem[i][0].Item(), verify)
	})
	if err != nil {
		c.fail(err)
	}
}

// editedByItem are the edited objects, those of one document together.
func (c *Conversion) editedByItem() (groups [][]*manifest.Object) {
	at := map[*manifest.Item]int{}
	for _, o := range c.edited() {
		i, seen := at[o.Item()]
		if !seen {
			i, at[o.Item()] = len(groups), len(groups)
			groups = append(groups, nil)
		}
		groups[i] = append(groups[i], o)
	}
	return groups
}

func (c *Conversion) edited() []*manifest.Object {
	var all []*manifest.Object
	for _, client := range c.Clients {
		all = append(all, client.Object())
	}
	for _, cleanup := range c.Cleanups {
		all = append(all, cleanup.Object())
	}
	return all
}

func (c *Conversion) carry() {
	if err := c.Set.Carry(); err != nil {
		c.fail(err)
	}
}

// expand writes out the aliases of the documents that will be edited.
func (c *Conversion) expand() (collapse func(), err error) {
	var all []func()
	seen := map[*manifest.Item]bool{}
	for _, o := range c.edited() {
		if item := o.Item(); !seen[item] && item.Document().HasAliases() {
			seen[item] = true
			back, err := item.Document().Expand()
			if err != nil {
				return nil, err
			}
			all = append(all, back)
		}
	}
	if len(all) > 0 {
		c.refresh()
	}
	return func() {
		for _, back := range all {
			back()
		}
	}, nil
}

func (c *Conversion) fail(err error) {
	c.Set.Report.Add(report.Finding{Severity: "error", Reason: report.Because(report.Internal, "%v", err)})
}

// removeGuards takes out the functionConfigs that stand among the resources to fail closed.
func removeGuards(set *manifest.Set) {
	for _, o := range set.Objects() {
		if o.IsOwnConfig() && o.Annotation(manifest.FailClosed) == "true" && o.IsDocument() {
			set.Remove(o)
		}
	}
}
