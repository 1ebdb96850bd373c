package convert

import (
	"slices"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/parallel"
)

// work is one document that is edited.
type work struct {
	item     *kube.Item
	clients  []*Client
	jobs     []*Cleanup
	objects  []*kube.Object // of them, in the tree that is edited
	collapse func()         // puts its aliases back
}

// apply converts the documents that are left, on every core, and does what concerns more than one of them.
func (c *Conversion) apply() {
	all := c.work()
	if err := parallel.For(len(all), func(i int) error { return c.convert(all[i]) }); err != nil {
		c.fail(err)
	}
	if c.conclude(); c.Set.Report.Failed() {
		return
	}
	for _, w := range all {
		if len(w.jobs) > 0 {
			if err := c.seal(w); err != nil {
				c.fail(err)
			}
		}
	}
}

// work lists the documents to edit that were not edited when they were looked at.
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
		if !client.converted {
			w := of(client.at.Item)
			w.clients = append(w.clients, client)
		}
	}
	for _, job := range c.cleanups {
		w := of(job.at.Item)
		w.jobs = append(w.jobs, job)
	}
	return all
}

// open gets the document ready to be edited, its aliases written out. The clients are those of the tree that was looked at:
// where this takes another one they are found again, and where there are jobs, whose pods nobody has kept.
func (c *Conversion) open(w *work) (err error) {
	doc := w.item.Document()
	seen := doc.Root()
	if w.collapse, err = doc.Expand(); err != nil {
		return err
	}
	if len(w.jobs) > 0 || doc.Root() != seen || doc.Edited() {
		c.find(w)
	}
	for _, client := range w.clients {
		w.edits(client.Object())
	}
	for _, job := range w.jobs {
		w.edits(job.Object())
	}
	return nil
}

// find finds the clients and jobs of a document in its tree.
func (c *Conversion) find(w *work) {
	found := map[kube.Address]kube.Pod{}
	for _, o := range c.Set.ObjectsOf(w.item) {
		for _, pod := range o.Pods() {
			found[pod.Address()] = pod
		}
	}
	for _, client := range w.clients {
		client.Pod = found[client.at]
		client.uses = ofDocker(c.uses(client.Pod))
	}
	for _, job := range w.jobs {
		job.Pod = found[job.at]
		job.use, _ = pruning(c.uses(job.Pod))
	}
}

func (w *work) edits(o *kube.Object) {
	if !slices.Contains(w.objects, o) {
		w.objects = append(w.objects, o)
	}
}

// convert takes the clients of a document through the passes, and lets its tree go: the trees of all documents together are
// most of the memory that a run would need. One with a job in it is sealed when the job is rewritten.
func (c *Conversion) convert(w *work) error {
	if len(w.clients)+len(w.jobs) == 0 {
		return nil
	}
	if err := c.open(w); err != nil {
		return err
	}
	failed := false
	for _, client := range w.clients {
		client.converted = true
		failed = c.pass(client) || failed
	}
	if failed || len(w.jobs) > 0 {
		return nil
	}
	if err := c.seal(w); err != nil {
		return err
	}
	w.release()
	return nil
}

func (c *Conversion) pass(client *Client) (failed bool) {
	client.report.Grow(16) // as many as there are, most of the time
	client.Object().ReportTo(&client.report)
	for _, pass := range Passes {
		if pass.Run(c, client); client.report.Failed() {
			return true
		}
	}
	return false
}

// seal writes the journals, and the edits into the text, looks at what came of them, and proves that it can be undone.
func (c *Conversion) seal(w *work) error {
	w.collapse()
	before := w.item.Document().Text()
	converted := make([]string, len(w.objects))
	for i, o := range w.objects {
		converted[i] = o.PathInDocument()
	}
	if err := kube.Seal(w.objects); err != nil {
		return err
	}
	if err := c.Set.RenderAndVerify(w.item, verify); err != nil {
		return err
	}
	c.prove(w.item, converted, before)
	w.item.Document().Release()
	return nil
}

// release lets go of the tree.
func (w *work) release() {
	w.objects, w.collapse = nil, nil
	for _, client := range w.clients {
		client.Pod, client.uses = kube.Pod{Location: client.Location}, nil
	}
}

// failed says whether anything went wrong so far, with whatever workload.
func (c *Conversion) failed() bool {
	return c.Set.Report.Failed() || slices.ContainsFunc(c.clients, func(client *Client) bool { return client.report.Failed() })
}

// conclude does what concerns more than one document, client by client, and reports what their passes said. After an
// error nothing came of the rest.
func (c *Conversion) conclude() {
	failed := c.failed()
	for _, client := range c.clients {
		if !failed && client.job != nil {
			client.job.Object().ReportTo(&client.report)
			c.rewrite(client.job)
		}
		if !failed {
			c.add(client)
		}
	}
	failed = c.failed()
	if !failed {
		c.warnOfUnusedFields()
	}
	for _, client := range c.clients {
		c.Converted = append(c.Converted, client.ref)
		if !failed {
			c.Set.Report.Merge(&client.report)
			continue
		}
		for _, f := range client.report.Errors() {
			c.Set.Report.Add(*f)
		}
	}
}
