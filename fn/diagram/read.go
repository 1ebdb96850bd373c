package diagram

import (
	"fmt"
	"slices"
	"strings"

	"github.com/boxp/dindify/fn/convert"
	"github.com/boxp/dindify/fn/discover"
	"github.com/boxp/dindify/fn/journal"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
)

// Workloads returns the objects to which a conversion added a daemon, as findings name them.
func Workloads(converted *convert.Outcome) []report.Object {
	var all []report.Object
	for _, ref := range converted.Converted {
		known := slices.ContainsFunc(all, func(o report.Object) bool { return o.String() == ref.String() })
		if !known { // an object may have several pods, and may be in several files
			all = append(all, ref)
		}
	}
	return all
}

// Read returns the picture of a workload. audited is a run in mode Audit on the original, converted is a run in mode
// DinD.
func Read(workload report.Object, audited, converted *convert.Outcome) (Picture, error) {
	p := Picture{Workload: workload.Kind + "/" + workload.Name}
	after, ok := podOf(workload, converted.Set)
	if !ok {
		return p, fmt.Errorf("%s: has no converted pod: draw a workload of Workloads", workload)
	}
	before, uses := clientOf(after, audited.Uses)
	if len(uses) == 0 {
		return p, fmt.Errorf("%s: no use of the node's Docker was found before the conversion", workload)
	}
	p.Before = sceneBefore(before, uses)
	p.After = sceneAfter(after, p.Before)
	p.readCleanup(workload, audited, converted.Set)
	return p, nil
}

// podOf returns the first converted pod of a workload.
func podOf(workload report.Object, set *kube.Set) (kube.Pod, bool) {
	for _, o := range set.Objects() {
		if o.Ref().String() != workload.String() || !journal.On(o) {
			continue
		}
		for _, pod := range o.Pods() {
			for _, c := range pod.Containers() {
				if isDaemon(c) {
					return pod, true
				}
			}
		}
	}
	return kube.Pod{}, false
}

// clientOf returns the same pod before the conversion, and how it reaches the node's daemon.
func clientOf(after kube.Pod, all []*discover.Use) (before kube.Pod, uses []*discover.Use) {
	for _, u := range all {
		same := u.Pod.Object().Ref().String() == after.Object().Ref().String() && u.Pod.Path() == after.Path()
		if !same || u.Class != discover.ClientClass || len(uses) > 0 && u.Pod.Object() != before.Object() {
			continue
		}
		before, uses = u.Pod, append(uses, u)
	}
	return before, uses
}

// readCleanup finds the CronJob that serves the workload now, and the one of the same name before the conversion.
func (p *Picture) readCleanup(workload report.Object, audited *convert.Outcome, after *kube.Set) {
	for _, o := range after.Objects() {
		if o.Kind() != "CronJob" || o.Namespace() != workload.Namespace || o.Annotation(kube.ServesAnnotation) != p.Workload {
			continue
		}
		for _, pod := range o.Pods() {
			p.After.Cleanup = job(o, commands(pod))
		}
		for _, u := range audited.Uses {
			if was := u.Pod.Object(); u.Class == discover.CleanupClass && was.Ref().String() == o.Ref().String() {
				p.Before.Cleanup = job(was, strings.TrimPrefix(u.Evidence, "runs "))
			}
		}
		return
	}
}

func job(o *kube.Object, does string) *Job {
	return &Job{Name: "CronJob/" + o.Name(), Schedule: o.Text("spec", "schedule"), Does: does}
}

func commands(pod kube.Pod) string {
	var words []string
	for _, c := range pod.Containers() {
		if c.Name() == journal.TargetContainer {
			continue // it only looks whether there is a pod
		}
		for _, word := range c.CommandLine() {
			words = append(words, journal.Target(word, pod.Template()))
		}
	}
	return strings.Join(words, " ")
}
