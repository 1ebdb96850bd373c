package convert

import (
	"slices"
	"strings"

	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/parallel"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/socket"
)

// discover finds every use of a runtime's socket, and classifies the workloads. It edits nothing.
func (c *converter) discover() {
	c.Set.Index()
	c.readNeighbours()
	c.readOwnTexts()
	if c.claims == nil { // an audit reverts nothing
		c.claims = indexClaims(c.Set)
	}
	seen := make([]*discovery, len(c.Set.Items))
	_ = parallel.For(len(seen), func(i int) error { // never fails
		seen[i] = c.discoverIn(c.Set.Items[i])
		return nil
	})
	var untargeted []report.Finding
	for _, s := range seen {
		if s == nil {
			continue
		}
		untargeted = append(untargeted, s.untargeted...)
		c.Set.Report.Merge(&s.report)
		c.clients, c.cleanups = append(c.clients, s.clients...), append(c.cleanups, s.cleanups...)
		c.Uses = append(c.Uses, s.uses...)
		c.Workloads = append(c.Workloads, s.workloads...)
	}
	c.reportUntargeted(untargeted)
}

// reportUntargeted reports the clients that no target selects. If the targets select no other workload either, they are
// probably misspelled, so these are warnings.
func (c *converter) reportUntargeted(findings []report.Finding) {
	for _, f := range findings {
		if len(c.clients)+len(c.cleanups) > 0 {
			f.Severity = report.Info
		}
		c.Set.Report.Add(f)
	}
}

// discovery is the result for one document.
type discovery struct {
	report   report.Report
	clients  []*Client
	cleanups []*Cleanup
	uses     []*Use // in mode Audit

	untargeted []report.Finding // clients that no target selects
	workloads  []Workload
}

// discoverIn searches a document. In mode Audit the uses keep the tree. Otherwise it is dropped: trees take about
// twenty times the memory of the text, and the few documents to convert are parsed again.
func (c *converter) discoverIn(item *kube.Item) *discovery {
	if item.Gone || !c.concerns(item) {
		return nil
	}
	s := &discovery{}
	if c.Mode == config.Audit {
		c.discoverInObjects(s, c.Set.ObjectsOf(item))
		return s
	}
	c.Set.View(item, func(objects []*kube.Object) { c.discoverInObjects(s, objects) })
	s.discoverInData(item)
	return s
}

func (c *converter) discoverInObjects(s *discovery, objects []*kube.Object) {
	for _, o := range objects {
		o.ReportTo(&s.report)
		pods := o.Pods()
		if refuseTooLarge(o, pods) {
			o.ReportTo(nil)
			continue
		}
		for _, pod := range pods {
			c.discoverInPod(s, pod)
		}
		if c.Selects(o) {
			c.discoverInTexts(s, o)
		}
		o.ReportTo(nil)
	}
}

func (c *converter) discoverInPod(s *discovery, pod kube.Pod) {
	uses := c.uses(pod)
	switch {
	case len(uses) == 0:
		c.reportDaemon(pod)
		return
	case c.Mode == config.Audit && !c.Selects(pod.Object()):
		return
	}
	v := c.classify(pod, uses)
	top, owned := c.ownerOf(pod.Object())
	if owned {
		v = verdict{Class: OwnedClass, Evidence: "created by " + top.title()}
	}
	s.workloads = append(s.workloads, Workload{pod.Object().Ref(), pod.Path(), v.Class, v.Evidence, v.Assumed})
	switch {
	case c.Mode == config.Audit:
		for _, u := range uses {
			u.Class, u.Evidence = v.of(u)
		}
		s.uses = append(s.uses, uses...)
	case !owned:
		c.triage(s, pod, uses, v)
	case c.Selects(pod.Object()):
		s.reportOwner(top)
	}
}

// triage records the workloads to convert, and reports why the others are not converted.
func (c *converter) triage(s *discovery, pod kube.Pod, uses []*Use, v verdict) {
	at := uses[0].Field()
	switch {
	case !c.Selects(pod.Object()):
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
		c.takeCleanup(s, pod, uses, v.Evidence)
	default:
		reportClass(pod, v)
		s.clients = append(s.clients, &Client{
			at: pod.Address(), ref: pod.Object().Ref(), location: pod.Location,
			named: pod.Object().Text("metadata", "name") != "", idle: scaledToZero(pod),
		})
	}
}

func ofDocker(uses []*Use) []*Use {
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
