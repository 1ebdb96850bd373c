package convert

import (
	"errors"
	"slices"

	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/journal"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/parallel"
	"github.com/boxp/dindify/fn/report"
)

// work is one document to convert.
type work struct {
	item     *kube.Item
	before   string // its original text, which a revert must give
	aliased  bool   // it has aliases or merge keys
	clients  []*Client
	jobs     []*Cleanup
	objects  []*kube.Object // their objects, in the tree that is edited
	collapse func()         // restores its aliases

	converted []string        // paths of the converted objects in the document
	refs      []report.Object // of these objects
	report    report.Report   // problems of the result

	undone       string // the text that a revert gives
	irreversible error  // why a revert fails
}

// convertDocuments converts the documents with a client or a job, on all cores. Documents do not depend on each
// other.
func (c *Conversion) convertDocuments() []*work {
	all := c.work()
	if err := parallel.For(len(all), func(i int) error { return c.convertDocument(all[i]) }); err != nil {
		c.fail(err)
	}
	return all
}

// work returns the documents to convert, with their clients and jobs.
func (c *Conversion) work() (all []*work) {
	at := map[*kube.Item]*work{}
	of := func(item *kube.Item) *work {
		if at[item] == nil {
			at[item] = &work{item: item}
			all = append(all, at[item])
		}
		return at[item]
	}
	for _, client := range c.clients {
		w := of(client.at.Item)
		w.clients = append(w.clients, client)
	}
	for _, job := range c.cleanups {
		w := of(job.at.Item)
		w.jobs = append(w.jobs, job)
	}
	return all
}

// convertDocument converts one document.
func (c *Conversion) convertDocument(w *work) error {
	doc := w.item.Document()
	w.before = doc.Text()
	err := c.convertText(w)
	if w.aliased && (err != nil || w.isRefused()) {
		return c.convertWrittenOut(w, doc)
	}
	return err
}

// convertText runs the phases of one document: passes, seal, verify, prove. The tree lives only as long as that: the
// trees of all documents together would take most of a run's memory.
func (c *Conversion) convertText(w *work) error {
	err := c.Set.EditAndCheck(w.item, func(objects []*kube.Object) error {
		defer w.forget()
		c.open(w, objects)
		if c.runPasses(w) {
			return errFailed
		}
		return c.seal(w)
	}, func(objects []*kube.Object) { c.check(w, objects) })
	switch {
	case errors.Is(err, errFailed):
		return nil // the report has the reason
	case err != nil:
		return err
	}
	if c.Journal == config.JournalAnnotation {
		c.prove(w)
	}
	return nil
}

// errFailed ends the edit of a document whose report has an error.
var errFailed = errors.New("the run has failed")

// open expands the aliases of a document, and finds the clients and jobs in its tree.
func (c *Conversion) open(w *work, objects []*kube.Object) {
	draft := objects[0].Draft()
	w.aliased, w.collapse = draft.HasAliases(), draft.Expand()
	found := map[kube.Address]kube.Pod{}
	for _, o := range objects {
		for _, pod := range o.Pods() {
			found[pod.Address()] = pod
		}
	}
	for _, client := range w.clients {
		client.Pod = found[client.at]
		client.uses = ofDocker(c.uses(client.Pod))
		w.edits(client.Object())
	}
	for _, job := range w.jobs {
		job.Pod = found[job.at]
		job.use, _ = pruning(c.uses(job.Pod))
		w.edits(job.Object())
	}
}

func (w *work) edits(o *kube.Object) {
	if !slices.Contains(w.objects, o) {
		w.objects = append(w.objects, o)
	}
}

// runPasses runs the passes for the clients of a document, and rewrites its jobs.
func (c *Conversion) runPasses(w *work) (failed bool) {
	for _, client := range w.clients {
		client.report.Grow(16) // the usual number
		client.Object().ReportTo(&client.report)
		for _, pass := range Passes {
			if pass.Run(c, client); client.report.Failed() {
				failed = true
				break
			}
		}
	}
	for _, job := range w.jobs {
		job.Object().ReportTo(&job.report)
		c.rewrite(job)
		failed = failed || job.report.Failed()
	}
	return failed
}

// seal restores the aliases and writes the journals.
func (c *Conversion) seal(w *work) error {
	if c.Journal == config.JournalAnnotation {
		journal.Prepare(w.objects)
	}
	w.collapse()
	for _, o := range w.objects {
		w.converted = append(w.converted, o.PathInDocument())
		o.PruneEmpty()
	}
	if c.Journal != config.JournalAnnotation {
		return nil
	}
	return journal.Seal(w.objects, func(o *kube.Object) journal.Mark { return c.mark(w, o) })
}

// verify checks the converted objects.
func (c *Conversion) verify(w *work, objects []*kube.Object) {
	for _, o := range objects {
		if slices.Contains(w.converted, o.PathInDocument()) {
			w.refs = append(w.refs, o.Ref())
			o.ReportTo(&w.report)
			verify(o)
		}
	}
}

// mark returns what the journal of an object records besides the edits.
func (c *Conversion) mark(w *work, o *kube.Object) journal.Mark {
	m := journal.Mark{Daemon: c.Daemon.Name}
	for _, job := range w.jobs {
		if job.Object() == o {
			m.Serves = job.serves.title()
		}
	}
	for _, client := range w.clients {
		for _, g := range client.generated {
			if client.Object() == o {
				m.Generated = append(m.Generated, g.kind+"/"+g.name)
			}
		}
	}
	return m
}

// forget drops all references to the tree.
func (w *work) forget() {
	w.objects, w.collapse = nil, nil
	for _, client := range w.clients {
		client.Pod, client.uses = kube.Pod{}, nil
	}
	for _, job := range w.jobs {
		job.Pod, job.use = kube.Pod{}, nil
	}
}

// conclude does the work across documents: it adds the generated objects, client by client, and merges the findings.
// After an error it reports only errors.
func (c *Conversion) conclude(all []*work) {
	c.refuseSharedClaim()
	c.refuseTwice()
	failed := c.failed(all)
	for _, client := range c.clients {
		c.Converted = append(c.Converted, client.ref)
		if client.job != nil {
			client.report.Merge(&client.job.report)
		}
		if !failed {
			c.add(client)
		}
	}
	if failed = failed || c.failed(all); !failed {
		c.warnOfUnusedFields()
		c.warnOfUnknownVolumes()
		c.reportRemoved()
	}
	for _, client := range c.clients {
		c.report(&client.report, failed)
	}
	for _, w := range all {
		c.report(&w.report, failed)
	}
}

func (c *Conversion) report(r *report.Report, onlyErrors bool) {
	if !onlyErrors {
		c.Set.Report.Merge(r)
		return
	}
	for _, f := range r.Errors() {
		c.Set.Report.Add(*f)
	}
}

// failed reports whether there is any error so far.
func (c *Conversion) failed(all []*work) bool {
	return c.Set.Report.Failed() ||
		slices.ContainsFunc(all, func(w *work) bool { return w.report.Failed() }) ||
		slices.ContainsFunc(c.cleanups, func(job *Cleanup) bool { return job.report.Failed() }) ||
		slices.ContainsFunc(c.clients, func(client *Client) bool { return client.report.Failed() })
}
