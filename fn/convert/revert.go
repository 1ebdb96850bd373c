package convert

import (
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/api/types"

	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/parallel"
	"github.com/boxp/dindify/fn/report"
)

// revert takes back the earlier conversions of the workloads that this run is about, and what was generated for them.
// Other workloads may belong to another configuration, and keep theirs.
func (c *Conversion) revert() {
	own := c.Set.Mentioning(ours)
	found := make([]traces, len(own))
	c.edit(own, func(i int, o *kube.Object) { c.revertObject(&found[i], o) })
	undone, lost := map[string]bool{}, map[string]bool{}
	for _, t := range found {
		for _, key := range t.undone {
			undone[key] = true
		}
		for _, key := range t.lost {
			lost[key] = true
		}
	}
	c.revertServing(found, func(serves string) bool {
		if lost[serves] && c.Mode != config.DooD {
			return false // its workload stays converted, and needs it
		}
		return len(c.Targets) == 0 || undone[serves]
	})
	if c.Mode == config.DooD {
		c.revertWithoutJournal(own, found)
	}
}

// traces are what earlier runs have left in one document. Workloads are named by namespace and title.
type traces struct {
	undone  []string // workloads that were given back
	lost    []string // workloads that are converted, and have no journal
	serving []server
}

// server is an object that serves a workload: generated for it, or rewritten.
type server struct {
	item      *kube.Item
	object    report.Object
	serves    string // the workload
	generated bool
	converted bool
}

// revertObject undoes the conversion of an object, and notes what else there is.
func (c *Conversion) revertObject(t *traces, o *kube.Object) {
	serves := o.Annotation(kube.Serves)
	if serves == "" && o.Converted() && c.targets(o) {
		if title, ok := o.Revert(); ok {
			t.undone = append(t.undone, o.Namespace()+"/"+title)
			c.say(o, report.Reverted, "gave back what was here before the conversion")
		}
	}
	if c.hasLostJournal(o) {
		t.lost = append(t.lost, o.Namespace()+"/"+o.Title())
	}
	if serves != "" {
		t.serving = append(t.serving, server{
			item: o.Item(), object: o.Ref(), serves: o.Namespace() + "/" + serves,
			generated: o.IsGenerated() && o.IsDocument(), converted: o.Converted(),
		})
	}
}

// revertServing removes what was generated for workloads that go back, and gives back what was rewritten for them.
func (c *Conversion) revertServing(found []traces, goesBack func(serves string) bool) {
	var rewritten []*kube.Item
	for _, t := range found {
		for _, s := range t.serving {
			switch {
			case !goesBack(s.serves):
			case s.generated:
				c.Set.Remove(s.item)
				if c.Mode == config.DooD {
					_, title, _ := strings.Cut(s.serves, "/")
					c.Set.Report.Add(report.Finding{
						Severity: report.Info, Object: s.object,
						Reason: report.Because(report.GeneratedRemoved, "removed what was generated for %s", title),
					})
				}
			case s.converted && !slices.Contains(rewritten, s.item):
				rewritten = append(rewritten, s.item)
			}
		}
	}
	c.edit(rewritten, func(_ int, o *kube.Object) {
		if serves := o.Annotation(kube.Serves); serves != "" && o.Converted() && goesBack(o.Namespace()+"/"+serves) {
			if _, ok := o.Revert(); ok {
				c.say(o, report.Reverted, "gave back what was here before the conversion")
			}
		}
	})
}

// edit lets do edit the objects of documents, on every core, and reports what is said of them in their order.
func (c *Conversion) edit(items []*kube.Item, do func(i int, o *kube.Object)) {
	said := make([]report.Report, len(items))
	err := parallel.For(len(items), func(i int) error {
		if items[i].Gone {
			return nil
		}
		items[i].Document().Edit()
		for _, o := range c.Set.ObjectsOf(items[i]) {
			o.ReportTo(&said[i])
			do(i, o)
		}
		if said[i].Failed() {
			return nil // nothing comes of the run
		}
		err := items[i].Render()
		items[i].Document().Release()
		return err
	})
	for i := range said {
		c.Set.Report.Merge(&said[i])
	}
	if err != nil {
		c.fail(err)
	}
}

func (c *Conversion) say(o *kube.Object, id, text string, args ...any) {
	if c.Mode != config.DooD {
		return // what follows says what became of the object
	}
	o.Root().Info(report.Because(id, text, args...))
}

// targets says whether the configuration is about an object.
func (c *Conversion) targets(o *kube.Object) bool {
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
func selects(t types.Selector, o *kube.Object) bool {
	r, err := types.NewSelectorRegex(&t)
	if err != nil {
		return false // refused with the configuration
	}
	id := o.ID()
	return r.MatchGvk(id.Gvk) && r.MatchName(o.Name()) && r.MatchNamespace(id.EffectiveNamespace()) &&
		matchesLabels(t.LabelSelector, o.Labels()) && matchesLabels(t.AnnotationSelector, o.Annotations())
}
