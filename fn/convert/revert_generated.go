package convert

import (
	"slices"

	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/journal"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
)

// removal is an object that was removed because it was generated for a reverted workload.
type removal struct {
	item *kube.Item // its item, or that of its List
	path string     // it was in a List
	report.Finding
}

// isCandidate reports whether an object claims to be generated. That alone removes nothing: see journal.Generated.
func isCandidate(o *kube.Object) bool {
	return o.Annotation(kube.ServesAnnotation) != "" && slices.Contains(journal.Generated, o.Kind()) && !journal.On(o)
}

// removeGenerated removes the objects generated for reverted workloads.
func (c *converter) removeGenerated(own []*kube.Item, found []traces) {
	candidates, order := map[string][]*kube.Object{}, []string{} // by the workload that they name
	for i, t := range found {
		if !t.generated || own[i].Gone {
			continue
		}
		for _, o := range c.Set.ObjectsOf(own[i]) {
			if isCandidate(o) {
				key := o.Namespace() + "/" + o.Annotation(kube.ServesAnnotation)
				order = append(order, key)
				candidates[key] = append(candidates[key], o)
			}
		}
	}
	for _, t := range found {
		for _, w := range t.reverted {
			key := w.Namespace + "/" + w.Title
			c.removeGeneratedFor(w, candidates[key])
			delete(candidates, key)
		}
	}
	for _, key := range order {
		for _, o := range candidates[key] {
			c.reportLeft(o, "names "+o.Annotation(kube.ServesAnnotation)+" as the workload that it was generated for, but no "+
				"journal in the input lists it")
		}
		delete(candidates, key)
	}
	c.removeFromLists()
}

// removeFromLists removes objects in Lists, each List at once. An object that is generated again becomes a document.
func (c *converter) removeFromLists() {
	paths, items := map[*kube.Item][]string{}, []*kube.Item{}
	for _, r := range c.removed {
		if r.path == "" {
			continue
		}
		if paths[r.item] == nil {
			items = append(items, r.item)
		}
		paths[r.item] = append(paths[r.item], r.path)
	}
	for _, item := range items {
		if err := c.Set.RemoveFromList(item, paths[item]); err != nil {
			c.fail(err)
		}
	}
}

func (c *converter) removeGeneratedFor(w journal.Workload, candidates []*kube.Object) {
	c.refuseMissing(w, candidates)
	made := w.FindGenerated(candidates)
	for _, o := range candidates {
		if w.IsRewritten(o) {
			c.refuseRewritten(w, o)
			continue
		}
		if !slices.Contains(made, o) {
			c.reportLeft(o, "differs from what was generated for "+w.Title+", or its journal does not list it")
			continue
		}
		c.removed = append(c.removed, removal{o.Item(), o.PathInDocument(), report.Finding{
			Severity: report.Info, Object: o.Ref(),
			Reason: report.Because(report.GeneratedRemoved, "removed what was generated for %s", w.Title),
		}})
		if o.IsDocument() {
			c.Set.Remove(o.Item())
		}
	}
}

// reportLeft warns of an object that a revert did not remove. If the run converts again, generating the name reports
// a conflict.
func (c *converter) reportLeft(o *kube.Object, why string) {
	if c.Mode == config.DooD && c.Selects(o) {
		o.Root().Warn(report.Because(report.GeneratedLeft, "%s: not removed; remove it by hand if nothing uses it", why))
	}
}

// reportRemoved reports the objects that were removed and not generated again.
func (c *converter) reportRemoved() {
	if c.Set.Report.Failed() {
		return // nothing was changed
	}
	for _, r := range c.removed {
		if r.item.Gone || r.path != "" && !c.isInSet(r.Object) {
			c.Set.Report.Add(r.Finding)
		}
	}
}

func (c *converter) isInSet(ref report.Object) bool {
	return c.Set.Find(kube.GroupOf(ref.APIVersion), ref.Kind, ref.Namespace, ref.Name) != nil
}
