package convert

import (
	"slices"

	"sigs.k8s.io/kustomize/kyaml/fn/framework"

	"github.com/boxp/dindify/fn/manifest"
	"github.com/boxp/dindify/fn/parallel"
	"github.com/boxp/dindify/fn/report"
)

// work is one document that is edited.
type work struct {
	item     *manifest.Item
	clients  []*Client
	jobs     []*Cleanup
	collapse func() // puts its aliases back; nil where it has none
}

// apply converts document by document, on every core, and lets each one's tree go when it is done: the trees of all of
// them together are most of the memory that a run would need.
func (c *Conversion) apply() {
	all, err := c.work()
	if err == nil {
		err = c.forEach(all)
	}
	if err != nil {
		c.fail(err)
		return
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

// work lists the documents to edit, with their aliases written out.
func (c *Conversion) work() ([]*work, error) {
	aliases := false
	for _, w := range c.byDocument() {
		aliases = aliases || w.item.Document().HasAliases()
	}
	if !aliases {
		return c.byDocument(), nil
	}
	collapse := map[*manifest.Item]func(){}
	for _, w := range c.byDocument() {
		back, err := w.item.Document().Expand()
		if err != nil {
			return nil, err
		}
		collapse[w.item] = back
	}
	c.refresh()
	all := c.byDocument()
	for _, w := range all {
		w.collapse = collapse[w.item]
	}
	return all, nil
}

func (c *Conversion) byDocument() (all []*work) {
	at := map[*manifest.Item]*work{}
	of := func(o *manifest.Object) *work {
		if at[o.Item()] == nil {
			at[o.Item()] = &work{item: o.Item()}
			all = append(all, at[o.Item()])
		}
		return at[o.Item()]
	}
	for _, client := range c.clients {
		w := of(client.Object())
		w.clients = append(w.clients, client)
	}
	for _, job := range c.cleanups {
		w := of(job.Object())
		w.jobs = append(w.jobs, job)
	}
	return all
}

// forEach takes the clients of each document through the passes. Where workloads share a document with others, what one
// goroutine edits may be what another one looks up: there it is one after the other.
func (c *Conversion) forEach(all []*work) error {
	shared := slices.ContainsFunc(c.clients, func(client *Client) bool { return !client.Object().IsDocument() })
	if !shared {
		return parallel.For(len(all), func(i int) error { return c.convert(all[i]) })
	}
	for _, w := range all {
		if err := c.convert(w); err != nil {
			return err
		}
	}
	return nil
}

// convert takes the clients of a document through the passes. One with a job in it is sealed when the job is rewritten.
func (c *Conversion) convert(w *work) error {
	failed := false
	for _, client := range w.clients {
		failed = c.pass(client) || failed
	}
	if failed || len(w.jobs) > 0 {
		return nil
	}
	if err := c.seal(w); err != nil {
		return err
	}
	for _, client := range w.clients {
		client.release()
	}
	return nil
}

func (c *Conversion) pass(client *Client) (failed bool) {
	client.report.Grow(2 * len(Passes))
	client.Object().Speak(&client.report)
	client.ref = client.Object().Ref()
	client.path = client.Path()
	for _, pass := range Passes {
		if pass.Run(c, client); client.report.Failed() {
			return true
		}
	}
	return false
}

// seal writes the journals, and the edits into the text, and looks at what came of them.
func (c *Conversion) seal(w *work) error {
	if w.collapse != nil {
		w.collapse()
	}
	for _, o := range w.objects() {
		if err := o.Seal(); err != nil {
			return err
		}
	}
	return c.Set.Settle(w.item, verify)
}

func (w *work) objects() (all []*manifest.Object) {
	for _, client := range w.clients {
		if o := client.Object(); !slices.Contains(all, o) {
			all = append(all, o)
		}
	}
	for _, job := range w.jobs {
		if o := job.Object(); !slices.Contains(all, o) {
			all = append(all, o)
		}
	}
	return all
}

// release lets go of the tree, unless the job that serves the client has yet to look at it.
func (cl *Client) release() {
	if cl.job == nil {
		cl.Pod, cl.uses = manifest.Pod{}, nil
	}
}

// conclude does what concerns more than one document, client by client, and reports what their passes said. After an
// error nothing came of the rest.
func (c *Conversion) conclude() {
	failed := slices.ContainsFunc(c.clients, func(client *Client) bool { return client.report.Failed() })
	for _, client := range c.clients {
		if !failed && client.job != nil {
			client.job.Object().Speak(&client.report)
			c.rewrite(client.job)
		}
		if !failed {
			c.add(client)
		}
	}
	failed = slices.ContainsFunc(c.clients, func(client *Client) bool { return client.report.Failed() })
	n := 0
	for _, client := range c.clients {
		n += len(client.report.Findings)
	}
	c.Set.Report.Grow(n)
	for _, client := range c.clients {
		c.Converted = append(c.Converted, client.ref)
		for _, f := range client.report.Findings {
			if !failed || f.Severity == framework.Error {
				c.Set.Report.Add(f)
			}
		}
		client.report = report.Report{}
	}
}
