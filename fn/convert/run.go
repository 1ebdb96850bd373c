// Package convert moves workloads from the node's Docker socket to their own daemon, and reverts that.
//
// A run first reverts earlier conversions, then finds the uses of a runtime's socket, then runs the passes in order;
// Run lists the phases. Passes only edit: the edit methods (fn/kube/edit.go) report, and fn/journal records what
// differs between the edited tree and the parsed text.
package convert

import (
	"errors"
	"slices"

	"github.com/boxp/dindify/fn/broken"
	"github.com/boxp/dindify/fn/claims"
	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/discover"
	"github.com/boxp/dindify/fn/journal"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/limits"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/sources"
	"github.com/boxp/dindify/fn/yamldoc"
)

// Outcome is what a run found and did.
type Outcome struct {
	Set       *kube.Set
	Converted []report.Object     // the converted workloads, as findings name them
	Reverted  []report.Object     // the workloads and jobs whose earlier conversion was reverted first
	Workloads []discover.Workload // the workloads that use a container runtime's socket, with their class
	Broken    []broken.Conversion // in mode Audit: problems of existing conversions
	Uses      []*discover.Use     // in mode Audit: every use of a runtime's socket, with the verdict on its workload
}

// converter is the state of one run.
type converter struct {
	config.Spec
	Outcome

	finder   *discover.Finder // of uses
	clients  []*Client        // the workloads to convert
	cleanups []*Cleanup       // the jobs that prune the node's daemon
	claims   *claims.Index    // the volumes behind claims

	convertedTexts map[*kube.Item]*yamldoc.Document   // documents before the revert of earlier conversions
	removed        []removal                          // generated objects of earlier conversions
	earlierValues  map[kube.Address]map[string]string // the values of daemons of earlier conversions
	sources        *sources.Reader                    // ConfigMaps and Secrets that containers use
	lookups        *limits.LookupCount                // in other objects

	quotas         quotaSums      // of the namespaces of clients
	neighbours     neighbourIndex // each decides whether pods may run
	constraints    neighbourIndex // which decide it together on OpenShift
	hasConstraints func() bool    // of OpenShift
}

// Pass is one step of the conversion of a workload. It edits only that workload: others are converted at the same
// time.
type Pass struct {
	Name string
	Doc  string // its effect, in one sentence
	Run  func(*converter, *Client)
}

// Passes lists the steps in order: each sees the edits of those before it.
var Passes = []Pass{
	{"refuse", "refuses what cannot work: malformed lists, duplicate names, a shared claim, contradictions", refuse},
	{"strip", "removes the socket's volume, and mounts the shared socket in place of the node's", strip},
	{"dockerhost", "points the clients at the daemon, and sets their variables and resources", dockerhost},
	{"addresses", "changes node addresses of published ports to the pod's", addresses},
	{"network", "drops hostNetwork, and the dnsPolicy that goes with it", network},
	{"pinning", "drops the pinning to a node, if configured", pinning},
	{"inject", "adds the daemon's container and its volumes", inject},
	{"daemon file", "checks the configuration file that the daemon mounts", checkDaemonFile},
	{"mesh", "exempts traffic of nested containers from a service mesh", mesh},
	{"binds", "warns of bind mounts of node folders that the daemon does not have", warnOfBinds},
	{"networks", "warns of networks of the node's Docker that the daemon does not have", warnOfNetworks},
	{"shared folder", "warns if a client and its daemon share no writable folder", warnOfNoSharedFolder},
	{"api version", "warns if a client requests an API version that its daemon does not serve", warnOfAPIVersion},
	{"group", "lets non-root clients use the socket", group},
	{"socket owner", "warns of commands that change the group of the socket", warnOfSocketOwner},
	{"aliases", "makes host.docker.internal resolve to the pod", aliases},
	{"grace", "gives the daemon time to stop after the client", grace},
	{"file group", "warns of an fsGroup that changes the daemon's data", warnOfFileGroup},
	{"devices", "warns of devices that the daemon does not have", warnOfDevices},
	{"processes", "warns of a shared process namespace", warnOfProcesses},
	{"cleanup", "adds a clean-up, or what a rewritten job needs", cleanup},
	{"prunes", "warns if a client also prunes", warnOfPrunes},
	{"pod resources", "raises pod-level resources", podResources},
	{"qos class", "warns if the pod is no longer Guaranteed", warnOfQoSClass},
	{"storage limit", "warns if the application's storage limit also applies to the images", warnOfStorageLimit},
	{"engine", "reports known problems of the configured Docker version", explainEngine},
	{"earlier values", "reports values of an earlier conversion that this one changes", warnOfEarlierValues},
	{"neighbours", "checks objects in the input that limit, scale or select the pods", checkNeighbours},
}

// Run applies the configuration to a set. Errors are in the set's report; after an error the set must not be used.
func Run(set *kube.Set, spec config.Spec) *Outcome {
	set.Locations = slices.Concat(spec.PodSpecPaths, set.Locations) // the first match counts
	lookups := limits.CountLookups(len(set.Items))
	c := &converter{
		Spec: spec, Outcome: Outcome{Set: set}, lookups: lookups, sources: sources.New(set, lookups),
		earlierValues: map[kube.Address]map[string]string{},
	}
	defer c.failOnUnreadable()
	c.removeGuards()
	switch spec.Mode {
	case config.Audit:
		c.discover()
		c.failAboveLookupLimit()
		discover.ReportUses(c.Uses)
		c.Broken = broken.Find(c.Set)
	case config.DooD:
		c.revert()
		c.reportRemoved()
	case config.DinD:
		if c.revert(); set.Report.Failed() {
			return &c.Outcome
		}
		c.discover()                // finds every use of a runtime's socket, and classifies the workloads
		c.refuseUsedClaim()         // refuses a claim for the daemon that the input already uses
		c.assignCleanups()          // assigns each pruning job to a client
		all := c.convertDocuments() // each document: passes, seal, verify, prove
		c.failAboveLookupLimit()
		c.conclude(all) // across documents: adds generated objects, reports
		c.nodeImages()  // warns of pods that run images which converted workloads may build
	}
	return &c.Outcome
}

// failOnUnreadable fails a run that needed a document which the host passed and which is not YAML.
func (c *converter) failOnUnreadable() {
	for _, err := range c.Set.Unreadable() {
		c.Set.Report.Fail(report.InputInvalid, "%v", err)
	}
}

func (c *converter) fail(err error) {
	if e := (*journal.TooLargeError)(nil); errors.As(err, &e) {
		c.Set.Report.Add(report.Finding{
			Severity: report.Error, Object: e.Object, Reason: report.Because(report.TooLarge, "%v", e),
		})
		return
	}
	if e := (*kube.AmbiguousError)(nil); errors.As(err, &e) {
		c.Set.Report.Add(report.Finding{
			Severity: report.Error, Object: e.Object, Reason: report.Because(report.MergeOrder, "%v", e),
		})
		return
	}
	c.Set.Report.Fail(report.Internal, "%v", err)
}

// removeGuards removes the functionConfigs among the resources of a kustomization, by which components of before the
// marker tried to fail closed. kubectl applies all other objects beside them. In other hosts a functionConfig is a file
// of the user, which kpt would delete.
func (c *converter) removeGuards() {
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

// failAboveLookupLimit fails a run that exceeds the limit.
func (c *converter) failAboveLookupLimit() {
	if !c.lookups.Add(0) {
		c.Set.Report.Fail(report.TooLarge, "too many workloads use too many entries of ConfigMaps and Secrets, or are in "+
			"namespaces with too many policies: the limit is %d lookups per run and %d per document, counted for each "+
			"container that uses them; pass fewer objects at a time",
			limits.Lookups, limits.LookupsPerDocument)
	}
}
