package convert

import (
	"errors"

	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/discover"
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

	converted map[string]bool // paths of the converted objects in the document
	last      string          // the path of the last of them
	refs      []report.Object // of these objects
	report    report.Report   // problems of the result

	reverted     string // the text that a revert gives
	irreversible error  // why a revert fails
}

// convertDocuments converts the documents with a client or a job, on all cores. Documents do not depend on each
// other.
func (c *converter) convertDocuments() []*work {
	all := c.work()
	if err := parallel.For(len(all), func(i int) error { return c.convertDocument(all[i]) }); err != nil {
		c.fail(err)
	}
	return all
}

// work returns the documents to convert, with their clients and jobs.
func (c *converter) work() (all []*work) {
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
func (c *converter) convertDocument(w *work) error {
	doc := w.item.Document()
	w.before = doc.Text()
	err := c.convertText(w)
	if w.aliased && (err != nil || w.isRefused()) {
		return c.convertExpanded(w, doc)
	}
	c.restoreConvertedText(w)
	return err
}

// convertText runs the phases of one document: passes, seal, verify, prove. The tree lives only as long as that: the
// trees of all documents together would take most of a run's memory.
func (c *converter) convertText(w *work) error {
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
func (c *converter) open(w *work, objects []*kube.Object) {
	draft := objects[0].Draft()
	w.aliased, w.collapse = draft.HasAliases(), draft.Expand()
	found := map[kube.Address]kube.Pod{}
	for _, o := range objects {
		for _, pod := range o.Pods() {
			found[pod.Address()] = pod
		}
	}
	isEdited := map[*kube.Object]bool{}
	edits := func(o *kube.Object) {
		if !isEdited[o] {
			w.objects, isEdited[o] = append(w.objects, o), true
		}
	}
	for _, client := range w.clients {
		client.Pod = found[client.at]
		client.uses = discover.OfDocker(c.finder.Uses(client.Pod))
		edits(client.Object())
	}
	for _, job := range w.jobs {
		job.Pod = found[job.at]
		job.use, _ = discover.FindPruning(c.finder.Uses(job.Pod))
		edits(job.Object())
	}
}

// runPasses runs the passes for the clients of a document, and rewrites its jobs.
func (c *converter) runPasses(w *work) (failed bool) {
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
func (c *converter) seal(w *work) error {
	if c.Journal == config.JournalAnnotation {
		journal.Prepare(w.objects)
	}
	w.collapse()
	w.converted = map[string]bool{}
	for _, o := range w.objects {
		w.last = o.PathInDocument()
		w.converted[w.last] = true
		o.PruneEmpty()
	}
	if c.Journal != config.JournalAnnotation {
		return nil
	}
	marks := c.marks(w)
	return journal.Seal(w.objects, func(o *kube.Object) journal.Mark { return marks[o] })
}

// verify checks the converted objects.
func (c *converter) verify(w *work, objects []*kube.Object) {
	for _, o := range objects {
		if w.converted[o.PathInDocument()] {
			w.refs = append(w.refs, o.Ref())
			o.ReportTo(&w.report)
			verify(o)
		}
	}
}

// marks returns what the journals of the objects record besides the edits.
func (c *converter) marks(w *work) map[*kube.Object]journal.Mark {
	all := map[*kube.Object]journal.Mark{}
	for _, o := range w.objects {
		all[o] = journal.Mark{Daemon: c.Daemon.Name}
	}
	for _, job := range w.jobs {
		m := all[job.Object()]
		m.Serves = job.serves.title()
		all[job.Object()] = m
	}
	for _, client := range w.clients {
		m := all[client.Object()]
		for _, g := range client.generated {
			m.Generated = append(m.Generated, g.kind+"/"+g.name)
		}
		all[client.Object()] = m
	}
	return all
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
