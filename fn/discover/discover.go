// Package discover finds every use of a container runtime's socket on the node, and classifies the workloads by
// evidence: client, clean-up, observer, or unsure. It reads documents and reports; it edits nothing.
package discover

import (
	"slices"
	"strings"
	"sync"

	"github.com/boxp/dindify/fn/claims"
	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/parallel"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/socket"
	"github.com/boxp/dindify/fn/sources"
)

// Finder finds the uses of a runtime's socket, and classifies the workloads. It edits nothing.
type Finder struct {
	config.Spec
	set     *kube.Set
	claims  *claims.Index
	sources *sources.Reader

	ownTexts func() map[[3]string]bool // ConfigMaps and Secrets that pods with a daemon of their own mount
}

// New returns a finder for a set.
func New(set *kube.Set, spec config.Spec, claims *claims.Index, sources *sources.Reader) *Finder {
	f := &Finder{Spec: spec, set: set, claims: claims, sources: sources}
	f.ownTexts = sync.OnceValue(f.readOwnTexts)
	return f
}

// Find searches all documents, on all cores.
func (f *Finder) Find() (all Result) {
	seen := make([]*discovery, len(f.set.Items))
	_ = parallel.For(len(seen), func(i int) error { // never fails
		seen[i] = f.discoverIn(f.set.Items[i])
		return nil
	})
	var untargeted []report.Finding
	for _, s := range seen {
		if s == nil {
			continue
		}
		untargeted = append(untargeted, s.untargeted...)
		f.set.Report.Merge(&s.report)
		all.Clients, all.Jobs = append(all.Clients, s.Clients...), append(all.Jobs, s.Jobs...)
		all.Uses, all.Workloads = append(all.Uses, s.Uses...), append(all.Workloads, s.Workloads...)
	}
	reportUntargeted(f.set.Report, untargeted, len(all.Clients)+len(all.Jobs) > 0)
	return all
}

// reportUntargeted reports the clients that no target selects. If the targets select no other workload either, they are
// probably misspelled, so these are warnings.
func reportUntargeted(to *report.Report, findings []report.Finding, isAnyTargeted bool) {
	for _, f := range findings {
		if isAnyTargeted {
			f.Severity = report.Info
		}
		to.Add(f)
	}
}

// discovery is the result for one document.
type discovery struct {
	Result
	report     report.Report
	untargeted []report.Finding // clients that no target selects
}

// discoverIn searches a document. In mode Audit the uses keep the tree. Otherwise it is dropped: trees take about
// twenty times the memory of the text, and the few documents to convert are parsed again.
func (f *Finder) discoverIn(item *kube.Item) *discovery {
	if item.Gone || !f.concerns(item) {
		return nil
	}
	s := &discovery{}
	if f.Mode == config.Audit {
		f.discoverInObjects(s, f.set.ObjectsOf(item))
		return s
	}
	f.set.View(item, func(objects []*kube.Object) { f.discoverInObjects(s, objects) })
	s.discoverInData(item)
	return s
}

func (f *Finder) discoverInObjects(s *discovery, objects []*kube.Object) {
	for _, o := range objects {
		o.ReportTo(&s.report)
		pods := o.Pods()
		if refuseTooLarge(o, pods) {
			o.ReportTo(nil)
			continue
		}
		for _, pod := range pods {
			f.discoverInPod(s, pod)
		}
		if f.Selects(o) {
			f.discoverInTexts(s, o)
		}
		o.ReportTo(nil)
	}
}

func (f *Finder) discoverInPod(s *discovery, pod kube.Pod) {
	uses := f.Uses(pod)
	switch {
	case len(uses) == 0:
		f.reportDaemon(pod)
		return
	case f.Mode == config.Audit && !f.Selects(pod.Object()):
		return
	}
	v := f.classify(pod, uses)
	top, owned := f.ownerOf(pod.Object())
	if owned {
		v = verdict{Class: OwnedClass, Evidence: "created by " + top.title()}
	}
	s.Workloads = append(s.Workloads, Workload{pod.Object().Ref(), pod.Path(), v.Class, v.Evidence, v.Assumed})
	switch {
	case f.Mode == config.Audit:
		for _, u := range uses {
			u.Class, u.Evidence = v.of(u)
		}
		s.Uses = append(s.Uses, uses...)
	case !owned:
		f.triage(s, pod, uses, v)
	case f.Selects(pod.Object()):
		s.reportOwner(top)
	}
}

// triage records the workloads to convert, and reports why the others are not converted.
func (f *Finder) triage(s *discovery, pod kube.Pod, uses []*Use, v verdict) {
	at := uses[0].Field()
	switch {
	case !f.Selects(pod.Object()):
		if v.Class == ClientClass {
			s.untargeted = append(s.untargeted, at.Finding(report.Warning, report.Because(report.NotTargeted,
				"uses the node's Docker, but no target selects it: not converted")))
		}
	case v.Class == ObserverClass:
		at.Warn(report.Because(v.id, "observer (%s): its own daemon would have none of the node's containers, so "+
			"it is not converted; annotate it with %s: \"true\" to convert it anyway", v.Evidence, kube.ConvertAnnotation))
	case v.Class == OtherRuntime:
		at.Warn(report.Because(v.id, "%s: not converted", v.Evidence))
	case v.id == report.OptedOut:
		at.Info(report.Because(v.id, "%s: not converted", v.Evidence))
	case v.id == report.SocketUnmounted:
		at.Warn(report.Because(v.id, "leads to the node's Docker, but no container mounts it: not converted; remove the "+
			"volume"))
	case v.Class == UnsureClass:
		at.Warn(report.Because(v.id, "unsure what it uses the node's Docker for (%s): not converted; annotate it with %s: "+
			"\"true\" or \"false\"", v.Evidence, kube.ConvertAnnotation))
	case pod.InText():
		at.Warn(report.Because(report.KindUnknown, "uses the node's Docker, but is in a text: not converted; "+
			"change it there"))
	case pod.Location.ReportOnly != "":
		at.Warn(report.Because(report.KindReportOnly, "uses the node's Docker, but is not converted: %s",
			pod.ReportOnly()))
	case !pod.Known:
		at.Warn(report.Because(report.KindUnknown, "uses the node's Docker, but dindify does not know the kind %s: not "+
			"converted; add the path of its pod spec to spec.podSpecPaths", kindOf(pod)))
	case v.Class == CleanupClass:
		reportClass(pod, v)
		f.takeCleanup(s, pod, uses, v.Evidence)
	default:
		reportClass(pod, v)
		s.Clients = append(s.Clients, Client{
			At: pod.Address(), Ref: pod.Object().Ref(), Location: pod.Location,
			Named: pod.Object().Text("metadata", "name") != "", Idle: scaledToZero(pod),
		})
	}
}

// OfDocker returns the uses of Docker's socket.
func OfDocker(uses []*Use) []*Use {
	return slices.DeleteFunc(uses, func(u *Use) bool { return u.Runtime != socket.Docker })
}

func kindOf(pod kube.Pod) string {
	switch kind, group := pod.Object().Kind(), pod.Object().Group(); {
	case kind != "" && !pod.Known && strings.Contains(group, "."):
		return kind + " of " + group // others may have a kind of this name, such as Job
	case kind != "":
		return kind
	}
	return "a document without a kind"
}

// scaledToZero reports whether the manifest requests zero pods. A clean-up job would fail every time then.
func scaledToZero(pod kube.Pod) bool { return pod.Template().Parent().Text("replicas") == "0" }
