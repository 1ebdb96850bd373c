package convert

import (
	"sigs.k8s.io/kustomize/api/types"

	"github.com/boxp/dindify/fn/manifest"
	"github.com/boxp/dindify/fn/parallel"
	"github.com/boxp/dindify/fn/report"
)

// undo takes back the earlier conversions of the workloads that this run is about, and what was generated for them.
// Other workloads may belong to another configuration, and keep theirs.
func (c *Conversion) undo() {
	_ = parallel.For(len(c.own), func(i int) error { // which never fails
		c.own[i].Document().Edit()
		return nil
	})
	undone := map[string]bool{}
	for _, o := range c.Set.ObjectsIn(c.own) {
		if serves := o.Annotation(manifest.Serves); serves == "" && o.Converted() && c.targets(o) {
			if title, ok := o.Undo(); ok {
				undone[o.Namespace()+"/"+title] = true
				c.say(o, report.Reverted, "gave back what was here before the conversion")
			}
		}
	}
	lost := c.lostJournals()
	for _, o := range c.Set.ObjectsIn(c.own) {
		serves := o.Annotation(manifest.Serves)
		if lost[o.Namespace()+"/"+serves] && c.Mode != "DooD" {
			continue // its workload stays converted, and needs it
		}
		if serves == "" || len(c.Targets) > 0 && !undone[o.Namespace()+"/"+serves] {
			continue
		}
		switch {
		case o.IsGenerated() && o.IsDocument():
			c.Set.Remove(o)
			c.say(o, report.GeneratedRemoved, "removed what was generated for %s", serves)
		case o.Converted():
			if _, ok := o.Undo(); ok {
				c.say(o, report.Reverted, "gave back what was here before the conversion")
			}
		}
	}
	if c.Mode == "DooD" {
		c.undoByName()
	}
	if !c.Set.Report.Failed() {
		c.carry()
	}
}

func (c *Conversion) say(o *manifest.Object, id, text string, args ...any) {
	if c.Mode != "DooD" {
		return // what follows says what became of the object
	}
	o.Root().Info(report.Because(id, text, args...))
}

// targets says whether the configuration is about an object.
func (c *Conversion) targets(o *manifest.Object) bool {
	if len(c.Targets) == 0 {
		return true
	}
	for _, t := range c.Targets {
		if selects(t, o) {
			return true
		}
	}
	return false
}

// selects is kustomize's own meaning of a selector: anchored regular expressions, and label selectors.
func selects(t types.Selector, o *manifest.Object) bool {
	r, err := types.NewSelectorRegex(&t)
	if err != nil {
		return false // refused with the configuration
	}
	id := o.ID()
	return r.MatchGvk(id.Gvk) && r.MatchName(o.Name()) && r.MatchNamespace(id.EffectiveNamespace()) &&
		matchesLabels(t.LabelSelector, o.Labels()) && matchesLabels(t.AnnotationSelector, o.Annotations())
}
