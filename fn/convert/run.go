// Package convert moves workloads from the node's Docker socket to a daemon of their own, and back.
//
// A run first reverts earlier conversions, then finds the uses of a runtime's socket, then carries out the passes in
// their order; Run lists the phases. Passes only edit: reports and journals are written by the verbs that edit
// (fn/kube/edit.go).
package convert

import (
	"slices"
	"sync/atomic"

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
	Broken    []Broken        // in mode Audit: what is wrong with conversions that were carried out before
	Uses      []*Use          // in mode Audit: every way to a container runtime's socket, with the verdict on its workload

	clients  []*Client                          // the workloads to convert
	cleanups []*Cleanup                         // the jobs that prune the node's daemon
	claims   map[claim]string                   // host paths behind claims
	removed  []removal                          // what was generated before
	earlier  map[kube.Address]map[string]string // the values of daemons of earlier conversions
	sources  sources                            // ConfigMaps and Secrets that were looked into
	looks    atomic.Int64                       // into other objects; see look
	ownTexts func() map[[3]string]bool          // ConfigMaps and Secrets that pods with a daemon of their own mount

	neighbours     surroundings // each of which decides whether pods may run
	constraints    surroundings // which decide it together on OpenShift
	hasConstraints func() bool  // of OpenShift
}

// Pass is one step of the conversion of a workload. It edits that workload and nothing else: others are converted at
// the same time.
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
	{"addresses", "points the clients at the pod where they look for what their containers publish", addresses},
	{"network", "drops hostNetwork, and the dnsPolicy that goes with it", network},
	{"pinning", "drops the pinning to a node, where asked", pinning},
	{"inject", "adds the daemon's container and its volumes", inject},
	{"mesh", "lets traffic of nested containers through a service mesh", mesh},
	{"binds", "names folders of the node that containers of the client mount, and the daemon has not", bindSources},
	{"shared", "says where a client and its daemon share no writable folder", sharedVolume},
	{"api", "says where a client asks for an API that its daemon does not serve", apiVersion},
	{"group", "lets non-root clients use the socket", group},
	{"socket owner", "warns of commands that change the group of the socket", warnOfSocketOwner},
	{"aliases", "lets host.docker.internal resolve to the pod", aliases},
	{"grace", "gives the daemon time to stop after the client", grace},
	{"file group", "warns of an fsGroup that changes the daemon's data", warnOfFileGroup},
	{"devices", "warns of devices that the daemon is not given", warnOfDevices},
	{"processes", "warns of a shared process namespace", warnOfSharedProcesses},
	{"cleanup", "adds a clean-up, or makes what the job needs that pruned the node", cleanup},
	{"prunes", "says where a client prunes beside its other work", warnOfPruningItself},
	{"pod resources", "raises the resources that the pod itself names", podResources},
	{"storage limit", "warns where the application's limit becomes that of the images", warnOfStorageLimit},
	{"engine", "says what the chosen version of Docker breaks", explainEngine},
	{"anew", "says which values of an earlier conversion are set anew", warnOfReset},
	{"neighbours", "looks at the objects of the input that limit, scale or select the pods", lookAround},
}

// Run carries out what the configuration asks for. Whether it went well stands in the set's report: after an error the
// set is not fit for use.
func Run(set *kube.Set, spec config.Spec) *Conversion {
	set.Locations = slices.Concat(spec.PodSpecPaths, set.Locations) // the first that fits counts
	c := &Conversion{Spec: spec, Set: set, earlier: map[kube.Address]map[string]string{}}
	defer c.failOnUnreadable()
	c.removeGuards()
	switch spec.Mode {
	case config.Audit:
		c.discover()
		c.refuseLooks()
		c.audit()
		c.Broken = c.brokenConversions()
	case config.DooD:
		c.revert()
		c.reportRemoved()
	case config.DinD:
		if c.revert(); set.Report.Failed() {
			return c
		}
		c.discover()                // every use of a runtime's socket, and the class of its workload
		c.assignCleanups()          // to each job that prunes the client that it serves
		all := c.convertDocuments() // each by itself: run passes, seal, verify, prove
		c.refuseLooks()
		c.conclude(all) // across documents: add what was generated, report
		c.nodeImages()  // which pods run images that converted workloads may have built
	}
	return c
}

// failOnUnreadable fails a run that had to look into a document which the host gave and which is no YAML.
func (c *Conversion) failOnUnreadable() {
	for _, err := range c.Set.Unreadable() {
		c.Set.Report.Fail(report.InputInvalid, "%v", err)
	}
}

func (c *Conversion) fail(err error) {
	c.Set.Report.Fail(report.Internal, "%v", err)
}

// removeGuards removes the functionConfigs among the resources of a kustomization, by which components of before the
// marker tried to fail closed. kubectl applies all other objects beside them. In other hosts a functionConfig is a file
// of the user, which kpt would delete.
func (c *Conversion) removeGuards() {
	for _, o := range c.Set.OfKinds("DinD") {
		if o.IsGuard() && o.IsDocument() {
			o.Root().Warn(report.Because(report.NotClosed, "the component does not fail closed: if kustomize skips the "+
				"function, the unconverted workloads are applied beside this object; remove the component's folder and run "+
				"dindify init again, or copy fail-closed.yaml and the annotation dindify.dev/marker from "+
				"examples/kustomize/dindify"))
			c.Set.Remove(o.Item())
		}
	}
}
