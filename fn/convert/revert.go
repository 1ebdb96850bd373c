package convert

import (
	"errors"
	"maps"
	"slices"

	"github.com/boxp/dindify/fn/claims"
	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/journal"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/parallel"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/yamldoc"
)

// revert reverts earlier conversions of the workloads that this run targets, and removes the objects generated for
// them. Other workloads may belong to another configuration and stay converted.
func (c *converter) revert() {
	before := c.Set.Report
	c.Set.Report = &report.Report{}
	c.revertAll()
	rep := c.Set.Report
	c.Set.Report = before
	c.mergeReport(rep, rep.Failed()) // after an error nothing was changed
}

func (c *converter) revertAll() {
	c.claims = claims.NewIndex(c.Set)
	own := c.Set.Mentioning(journal.Word)
	c.keepConvertedTexts(own)
	found := make([]traces, len(own))
	c.edit(own, func(i int, o *kube.Object) { c.revertObject(&found[i], o) })
	if c.Set.Report.Failed() {
		return
	}
	for _, t := range found {
		maps.Copy(c.earlierValues, t.daemons)
		c.Reverted = append(c.Reverted, t.refs...)
	}
	c.revertJobs(own, found)
	c.removeGenerated(own, found)
	c.warnOfMissingJobs(found)
	if c.Mode == config.DooD {
		c.revertWithoutJournal(own, found)
		c.refuseUsedAccounts()
	}
}

// traces holds what earlier runs have left in one document. Workloads are identified by namespace and title.
type traces struct {
	reverted  []journal.Workload                 // reverted workloads
	lost      []string                           // converted workloads without a journal
	jobs      []rewritten                        // rewritten jobs
	refs      []report.Object                    // what was reverted: workloads and jobs
	generated bool                               // an object claims to be generated
	daemons   map[kube.Address]map[string]string // see converter.earlierValues
}

func (t *traces) recordDaemons(o *kube.Object, name string) {
	if t.daemons == nil {
		t.daemons = map[kube.Address]map[string]string{}
	}
	for _, pod := range o.Pods() {
		t.daemons[pod.Address()] = daemonValues(pod, name)
	}
}

// revertObject reverts an object, and records other traces.
func (c *converter) revertObject(t *traces, o *kube.Object) {
	conversion, ok := journal.Read(o, c.claimPath)
	switch {
	case ok && conversion.IsCleanup():
		t.jobs = append(t.jobs, rewritten{o.Ref(), conversion.Serves()})
	case ok && c.Selects(o):
		workload := conversion.Workload()
		if c.Mode == config.DinD {
			t.recordDaemons(o, conversion.Daemon())
		}
		if conversion.Revert() {
			t.reverted = append(t.reverted, workload)
			t.refs = append(t.refs, o.Ref())
			c.reportReverted(o)
		}
	default:
		if pods := c.podsWithoutJournal(o); len(pods) > 0 {
			t.lost = append(t.lost, o.Namespace()+"/"+o.Title())
			c.warnOfLostJournal(pods)
		}
	}
	t.generated = t.generated || isCandidate(o)
}

// claimPath returns the path on the node of the volume in the input that a claim is bound to, or "".
func (c *converter) claimPath(namespace, name string) string {
	return c.claims.Of(namespace, name).Path
}

// revertJobs reverts the jobs that were rewritten for reverted workloads.
func (c *converter) revertJobs(own []*kube.Item, found []traces) {
	reverted, lost := map[string]bool{}, map[string]bool{}
	for _, t := range found {
		for _, w := range t.reverted {
			reverted[w.Namespace+"/"+w.Title] = true
		}
		for _, key := range t.lost {
			lost[key] = true
		}
	}
	isToRevert := func(serves string) bool {
		if lost[serves] && c.Mode != config.DooD {
			return false // its workload stays converted, and needs it
		}
		return len(c.Targets) == 0 || reverted[serves]
	}
	for _, t := range found {
		for _, job := range t.jobs {
			if key := job.key(); isToRevert(key) && !reverted[key] && !lost[key] {
				c.refuseJobAlone(job)
			}
		}
	}
	var items []*kube.Item
	for i, t := range found {
		if slices.ContainsFunc(t.jobs, func(job rewritten) bool { return isToRevert(job.key()) }) {
			items = append(items, own[i])
		}
	}
	refs := make([][]report.Object, len(items))
	c.edit(items, func(i int, o *kube.Object) {
		conversion, ok := journal.Read(o, c.claimPath)
		if ok && conversion.IsCleanup() && isToRevert(o.Namespace()+"/"+conversion.Serves()) && conversion.Revert() {
			refs[i] = append(refs[i], o.Ref())
			c.reportReverted(o)
		}
	})
	c.Reverted = append(c.Reverted, slices.Concat(refs...)...)
}

// edit edits the objects of documents on all cores, and reports findings in document order.
func (c *converter) edit(items []*kube.Item, do func(i int, o *kube.Object)) {
	reports := make([]report.Report, len(items))
	err := parallel.For(len(items), func(i int) error {
		if items[i].Gone {
			return nil
		}
		var journals []report.Object
		err := c.Set.Edit(items[i], func(objects []*kube.Object) error {
			for _, o := range objects {
				o.ReportTo(&reports[i])
				if journal.On(o) {
					journals = append(journals, o.Ref())
				}
				do(i, o)
			}
			if reports[i].Failed() {
				return errFailed
			}
			return nil
		})
		switch {
		case errors.Is(err, errFailed):
			return nil // the report has the reason
		case errors.Is(err, yamldoc.ErrUnreadable) && len(journals) > 0:
			reports[i].Add(report.Finding{Severity: report.Error, Object: journals[0], Reason: journal.Damaged(errMisplaced)})
			return nil
		}
		return err
	})
	for i := range reports {
		c.Set.Report.Merge(&reports[i])
	}
	if err != nil {
		c.fail(err)
	}
}

// errMisplaced is the error for a document that is no YAML with the texts of its journals.
var errMisplaced = errors.New("what it restores does not fit into the document, such as an alias before its anchor")

func (c *converter) reportReverted(o *kube.Object) {
	if c.Mode != config.DooD {
		return // later findings say what happened to the object
	}
	o.Root().Info(report.Because(report.Reverted, "reverted to what was here before the conversion"))
}
