package convert

import (
	"slices"
	"strings"

	"github.com/boxp/dindify/fn/journal"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
)

// A conversion of several objects is reverted whole or not at all: a workload, the jobs that were rewritten to clean
// its daemon, and what was generated for it. An input may hold only some of them, such as one file of a folder.

// rewritten is a job that was rewritten to clean a workload's daemon.
type rewritten struct {
	report.Object
	serves string // Kind/name
}

func (job rewritten) key() string { return job.Namespace + "/" + job.serves }

// refuseRevert adds an error about an object that would be left of a conversion.
func (c *converter) refuseRevert(o report.Object, text string, args ...any) {
	c.Set.Report.Add(report.Finding{
		Severity: report.Error, Object: o, Reason: report.Because(report.RevertIncomplete, text, args...),
	})
}

// refuseMissing refuses to revert a workload if generated objects that its journal lists are not in the input. Nothing
// would list them afterwards. One that does not name its workload any more is in the input, but is not removed.
func (c *converter) refuseMissing(w journal.Workload, candidates []*kube.Object) {
	missing := w.Missing(candidates)
	if len(missing) == 0 {
		return
	}
	there := slices.DeleteFunc(c.Set.OfKinds(journal.Generated...), func(o *kube.Object) bool {
		return o.Namespace() != w.Namespace || slices.Contains(candidates, o)
	})
	for _, o := range there {
		if title := o.Title(); slices.Contains(missing, title) {
			c.reportLeft(o, "is listed in the journal of "+w.Title+", but has no annotation "+kube.ServesAnnotation+
				" with that name")
		}
	}
	if missing = w.Missing(slices.Concat(candidates, there)); len(missing) > 0 {
		c.refuseRevert(w.Ref, "its earlier conversion generated %s, which the input does not have, so nothing was changed: "+
			"give dindify all files of the conversion; if somebody has removed these objects for good, remove them from the "+
			"list generated in the annotation %s too", strings.Join(missing, ", "), journal.Annotation)
	}
}

// refuseRewritten refuses to revert a workload if a job that was rewritten for it has lost its journal.
func (c *converter) refuseRewritten(w journal.Workload, job *kube.Object) {
	c.refuseRevert(job.Ref(), "was rewritten to run its command in the daemon of %s, and the annotation %s is missing, "+
		"so nothing was changed: restore the annotation from version control, or finish the revert of this job by hand",
		w.Title, journal.Annotation)
}

// refuseJobAlone refuses to revert a job whose workload stays converted, or is not in the input.
func (c *converter) refuseJobAlone(job rewritten) {
	kind, name, _ := strings.Cut(job.serves, "/")
	for _, o := range c.Set.OfKinds(kind) {
		if o.Namespace() != job.Namespace || o.Name() != name {
			continue
		}
		if journal.On(o) {
			c.refuseRevert(job.Object, "runs its command in the daemon of %s, which stays converted, so nothing was changed",
				job.serves)
		}
		return
	}
	c.refuseRevert(job.Object, "runs its command in the daemon of %s, which the input does not have, so nothing was "+
		"changed: give dindify all files of the conversion; if somebody has removed the workload for good, remove this job "+
		"too, or restore it from version control", job.serves)
}

// warnOfMissingJobs warns of reverted workloads whose rewritten job is not in the input: their journals list the
// permissions of a job, but no generated one.
func (c *converter) warnOfMissingJobs(found []traces) {
	if !slices.ContainsFunc(found, func(t traces) bool { return len(t.reverted) > 0 }) {
		return
	}
	jobs := map[string]bool{} // namespaces with a CronJob
	for _, o := range c.Set.OfKinds("CronJob") {
		jobs[o.Namespace()] = true
	}
	for _, t := range found {
		for _, w := range t.reverted {
			if !jobs[w.Namespace] && !w.Had("CronJob") && w.Had("ServiceAccount") {
				c.Set.Report.Add(report.Finding{Severity: report.Warning, Object: w.Ref, Reason: report.Because(report.JobMissing,
					"a job was rewritten to clean its daemon, and the input has no job: if it is in a file that was not given, it "+
						"loses its daemon and its permissions; give dindify all files of the conversion")})
			}
		}
	}
}

// refuseUsedAccounts refuses to remove a service account that a pod of the input still uses.
func (c *converter) refuseUsedAccounts() {
	gone := map[[2]string]bool{} // by namespace and name
	for _, r := range c.removed {
		if r.Object.Kind == "ServiceAccount" && !c.isInSet(r.Object) {
			gone[[2]string{r.Object.Namespace, r.Object.Name}] = true
		}
	}
	if len(gone) == 0 || c.Set.Report.Failed() {
		return // or an object is named already
	}
	for _, item := range c.Set.Mentioning("serviceAccountName") {
		if item.Gone {
			continue
		}
		c.Set.View(item, func(objects []*kube.Object) {
			for _, o := range objects {
				c.refuseUsed(o, gone)
			}
		})
	}
}

func (c *converter) refuseUsed(o *kube.Object, gone map[[2]string]bool) {
	for _, pod := range o.Pods() {
		if account := pod.Text("serviceAccountName"); gone[[2]string{o.Namespace(), account}] {
			c.refuseRevert(o.Ref(), "uses the service account %s, which a conversion generated and its revert removes, so "+
				"nothing was changed: remove this object, or give it another service account", account)
		}
	}
}

// warnOfUnconverted warns of workloads and jobs that were converted before, and are not any more.
func (c *converter) warnOfUnconverted(all []*work) {
	anywhere := func(ref report.Object) report.Object {
		ref.Line = 0 // it differs after the conversion
		return ref
	}
	converted := map[report.Object]bool{}
	for _, w := range all {
		for _, ref := range w.refs {
			converted[anywhere(ref)] = true
		}
	}
	for _, ref := range c.Reverted {
		if !converted[anywhere(ref)] {
			c.Set.Report.Add(report.Finding{Severity: report.Warning, Object: ref, Reason: report.Because(report.Unconverted,
				"was converted before, and is not any more: it is as it was before that conversion, and uses the node's "+
					"Docker again")})
		}
	}
}
