// Package verify checks workloads with their own Docker daemon in a running cluster.
//
// It uses a cluster through five methods (Cluster) and imports no client, so its tests need none. Package kubeclient
// implements them for a real cluster, package plugin is the command line.
package verify

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"slices"
	"strings"
	"time"

	"k8s.io/apimachinery/pkg/labels"
)

// Options selects what a run checks, and how deep.
type Options struct {
	Namespace     string // for names without a namespace
	AllNamespaces bool
	Names         []string    // KIND/NAME..., or KIND NAME...; none: every workload with its own daemon
	Selector      string      // labels of the workloads; Names are kinds then. With Pre it is also for other objects
	Manifests     []*Manifest // objects of the user's files; of equal ones the last is checked
	Pre           bool        // the manifests are not applied yet
	Levels        []Level     // in addition to Look
	Disruptive    bool        // kill and prune, in the copy of the pod only
	Only, Skip    []string    // ids of checks
	Pull          string      // an image to pull in the daemon
	Image         string      // an image for nested containers, instead of one that is built
	Wait          time.Duration
	Progress      func(text string) // nil: none
}

// run is one run over a cluster.
type run struct {
	Cluster
	Options
	targets    []target          // of Names
	kinds      []kind            // of Names with a selector; of none: all
	labels     labels.Selector   // of Selector
	namespaces []string          // of the workloads
	documents  []*Manifest       // all objects of the files; Manifests has the last of those that are there twice
	times      map[*Manifest]int // how often an object is in the files

	id     string // value of the label of everything that the run creates
	server serverVersion
	access map[access]bool
	nodes  map[string]nodeAnswer
	served map[string]servedGroup // by apiVersion
	live   map[location]liveAnswer
	made   []string

	patience time.Time // the end of --wait

	rolesPrinted bool // by a check other than rights

	unanswered int   // number of rights of which the server did not say whether the user has them
	reviewErr  error // of the last of them
}

// Run runs the checks. It returns an error if it cannot check anything; what a single check could not read is a
// result.
func Run(ctx context.Context, cluster Cluster, o Options) (*Report, error) {
	r := newRun(cluster, o)
	if err := r.parse(); err != nil {
		return nil, err
	}
	if err := r.Get(ctx, "/version", &r.server); err != nil {
		return nil, unreachable(err)
	}
	r.patience = time.Now().Add(o.Wait)
	rep := &Report{APIVersion: "dindify.dev/verify/v1alpha1", Server: r.server.GitVersion, Workloads: []*Looked{}}
	workloads, err := r.workloads(ctx)
	if none := (*noDaemonError)(nil); errors.As(err, &none) {
		return r.reportLeftovers(ctx, rep, err)
	}
	if err != nil {
		return nil, r.withRole(ctx, err)
	}
	r.namespaces = namespacesOf(workloads)
	rep.Checks = r.checkCluster(ctx)
	for _, s := range workloads {
		looked, err := r.checkWorkload(ctx, s)
		if err != nil {
			break // interrupted: what was seen until then is reported
		}
		rep.Workloads = append(rep.Workloads, looked...)
	}
	rep.Made = r.made
	return rep, ctx.Err()
}

func newRun(cluster Cluster, o Options) *run {
	r := &run{
		Cluster: cluster, Options: o, id: newID(), access: map[access]bool{}, nodes: map[string]nodeAnswer{},
		served: map[string]servedGroup{}, live: map[location]liveAnswer{},
		documents: o.Manifests, times: map[*Manifest]int{}, kinds: kinds, labels: labels.Everything(),
	}
	r.keepLast()
	return r
}

func newID() string {
	random := make([]byte, 4)
	_, _ = rand.Read(random) // never fails, since Go 1.24
	return hex.EncodeToString(random)
}

// chosen returns the checks that the options select.
func (r *run) chosen(all []Check) []Check {
	return slices.DeleteFunc(slices.Clone(all), func(c Check) bool {
		switch {
		case r.Pre != c.Pre && (r.Pre || c.OnlyPre):
			return true
		case len(r.Only) > 0 && !slices.Contains(r.Only, c.ID), slices.Contains(r.Skip, c.ID):
			return true
		case c.Disruptive && !r.Disruptive, c.ID == "pull" && r.Pull == "":
			return true
		}
		return c.Level != Look && !slices.Contains(r.Levels, c.Level)
	})
}

func namespacesOf(subjects []*Subject) (namespaces []string) {
	for _, s := range subjects {
		if !slices.Contains(namespaces, s.namespace()) {
			namespaces = append(namespaces, s.namespace())
		}
	}
	return namespaces
}

// checkCluster runs the checks that are not about one workload.
func (r *run) checkCluster(ctx context.Context) []Outcome {
	var all []Outcome
	for _, c := range r.chosen(ClusterChecks) {
		all = append(all, r.outcome(ctx, c, func() Finding {
			switch c.ID {
			case "rights":
				return r.reviewRights(ctx, r.namespaces)
			case "apply":
				return r.apply(ctx)
			}
			return r.leftovers(ctx, r.namespaces)
		}))
	}
	return all
}

// checkWorkload waits for the workload's pods, and checks one pod of each node.
func (r *run) checkWorkload(ctx context.Context, s *Subject) ([]*Looked, error) {
	if !r.Pre {
		if err := r.waitForPods(ctx, s); err != nil {
			return nil, err
		}
		s.cleanups = r.findCleanups(ctx, s)
	} else {
		s.cleanups = cleanupsOf(s, r.Manifests)
	}
	var all []*Looked
	for _, one := range s.eachPod() {
		all = append(all, r.checkPod(ctx, one))
	}
	return all, nil
}

// eachPod returns a subject for one pod of each node, or one without a pod.
func (s *Subject) eachPod() []*Subject {
	s.First = true
	all := []*Subject{s}
	var nodes []string
	for _, pod := range s.pods {
		switch {
		case slices.Contains(nodes, pod.Spec.NodeName):
			continue
		case len(nodes) == 0:
			s.Pod, s.Spec, s.engineOf = pod, &pod.Spec, findEngine(&pod.Spec)
		default:
			all = append(all, &Subject{
				run: s.run, Workload: s.Workload, Pod: pod, Spec: &pod.Spec, engineOf: findEngine(&pod.Spec),
				manifest: s.manifest, pods: s.pods, cleanups: s.cleanups,
			})
		}
		nodes = append(nodes, pod.Spec.NodeName)
	}
	return all
}

func (r *run) checkPod(ctx context.Context, s *Subject) *Looked {
	w := s.Workload
	looked := &Looked{Ref: strings.Join([]string{w.Kind, w.Namespace, w.Name}, "/"), Converted: s.converted()}
	if s.Pod != nil {
		looked.Pod, looked.Node = s.Pod.Name, s.Pod.Spec.NodeName
		looked.About = r.aboutNode(ctx, looked.Node)
	}
	defer s.removeAll(ctx)
	for _, c := range r.chosen(Checks) {
		if !s.First && !c.EachPod {
			continue
		}
		if r.Progress != nil {
			r.Progress(looked.Ref + " " + c.ID)
		}
		looked.Checks = append(looked.Checks, r.outcome(ctx, c, func() Finding { return s.look(ctx, c) }))
	}
	return looked
}

func (r *run) outcome(ctx context.Context, c Check, look func() Finding) Outcome {
	began := time.Now()
	f := r.withRoles(ctx, look())
	if ctx.Err() != nil && f.Result != OK && f.Result != Skip {
		f = unknown("run it again", "the run was interrupted") // what it did not see is no failure
	}
	took := time.Since(began).Round(time.Millisecond)
	return Outcome{c.ID, c.Level, f.Result, f.Evidence, f.Text, f.hintWith(c.ID), took.String()}
}

// look runs a check, unless something that it needs is missing.
func (s *Subject) look(ctx context.Context, c Check) Finding {
	switch {
	case s.unread != "" && c.ID != "rollout":
		return skip("%s", s.unread)
	case s.missing && c.ID != "rollout" && c.ID != "skipped":
		return skip("it is not in the cluster")
	case s.Daemon == nil && c.ID != "rollout" && c.ID != "skipped" && c.ID != "drift":
		return skip("it has no Docker daemon of its own")
	}
	if missing := s.without(ctx, s.namespace(), c.Needs()); len(missing) > 0 {
		names := make([]string, len(missing))
		for i, right := range missing {
			names[i] = right.String()
		}
		return notAllowed("you may not %s in namespace %s", strings.Join(names, ", "), s.namespace())
	}
	if (c.Level == Exec || c.Level == Nested) && !s.running() {
		return unknown("wait for a pod, or use --canary",
			"no pod of its newest template runs, so there is nothing to look into")
	}
	return c.Run(ctx, s)
}
