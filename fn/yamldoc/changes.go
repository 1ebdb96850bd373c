package yamldoc

import (
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// Change is the difference between the current entries of a collection and the parsed ones.
type Change struct {
	Added    []Entry
	Removed  []Entry // in their original order
	Replaced []Entry // mapping entries with a new value: the original entry
}

// Entry is one entry of a collection.
type Entry struct {
	At    int        // index among the entries: the current one for an added entry, else the original one
	Key   *yaml.Node // nil in a sequence
	Value *yaml.Node
	Text  string // its text in the document, moved to the first column; "" for an added entry
}

// Recorder returns the changes of a document, collection by collection.
type Recorder struct {
	renderer
}

// Record returns a recorder for the changes made so far.
func (d *Draft) Record() *Recorder {
	return &Recorder{renderer{layout: d.measure(), d: d}}
}

// SequenceStyle returns the indentation of the document's sequences.
func (r *Recorder) SequenceStyle() yaml.SequenceIndentStyle { return r.style }

// Touched reports whether a tree, or anything in it, was edited.
func (r *Recorder) Touched(n *yaml.Node) bool { return r.isDirty(n) }

// Of returns the change of one collection; ok is false if there is none.
func (r *Recorder) Of(n *yaml.Node) (c Change, ok bool) {
	was, edited := r.d.before[n]
	if !edited {
		return c, false
	}
	k, before, now := step(n), placesOf(was), r.places(n)
	for i := 0; i < len(n.Content); i += k {
		switch old := before.index(n.Content[i]); {
		case old < 0:
			c.Added = append(c.Added, entry(n.Content, i, k))
		case was[old+k-1] != n.Content[i+k-1]:
			c.Replaced = append(c.Replaced, r.old(n, was, old))
		}
	}
	for i := 0; i < len(was); i += k {
		if !now.has(was[i]) {
			c.Removed = append(c.Removed, r.old(n, was, i))
		}
	}
	return c, len(c.Added)+len(c.Removed)+len(c.Replaced) > 0
}

// Reprinted returns the entries of a collection that stay but whose text cannot: something in them was edited, and
// their lines cannot be determined, or they were written as {} and [].
func (r *Recorder) Reprinted(n *yaml.Node) (all []Entry) {
	if r.spans[n] == nil {
		return nil
	}
	was, k, now := r.d.Original(n), step(n), r.places(n)
	for i := 0; i < len(was); i += k {
		v := was[i+k-1]
		if now.has(v) && !r.hasPositions(v) && r.isDirty(v) {
			all = append(all, r.old(n, was, i))
		}
	}
	return all
}

// dirty calls yield with every edited collection in a tree, and reports whether there is one.
func (d *Draft) dirty(n *yaml.Node, yield func(*yaml.Node)) bool {
	if n == nil || n.Kind == yaml.ScalarNode || n.Kind == yaml.AliasNode {
		return false
	}
	_, edited := d.before[n]
	for _, c := range n.Content {
		edited = d.dirty(c, yield) || edited
	}
	if edited {
		yield(n)
	}
	return edited
}

// Reprint sets the text of an edited entry, given by its value. The text must equal the tree.
func (d *Draft) Reprint(v *yaml.Node, text string) {
	if d.verbatim == nil {
		d.verbatim = map[*yaml.Node]string{}
	}
	d.verbatim[v] = text
}

func entry(content []*yaml.Node, i, k int) Entry {
	e := Entry{At: i / k, Value: content[i+k-1]}
	if k == 2 {
		e.Key = content[i]
	}
	return e
}

func (r *Recorder) old(n *yaml.Node, was []*yaml.Node, i int) Entry {
	k := step(n)
	e := entry(was, i, k)
	spans := r.spans[n]
	if r.flows[n] != nil {
		e.Text = r.flowEntryText(n, e.At)
		return e
	}
	if spans == nil {
		one := &yaml.Node{Kind: n.Kind, Tag: n.Tag, Content: slices.Clone(was)}
		one.Content[i+k-1] = r.d.asParsed(e.Value)
		e.Text = r.d.entryText(one, i, r.style)
		return e
	}
	from, to := r.linesOf(n, was, e.At, spans)
	_, column := r.begin(n)
	e.Text = dedent(r.between(from, to), column)
	return e
}

// asParsed returns a tree as it was before any edit in it.
func (d *Draft) asParsed(n *yaml.Node) *yaml.Node {
	cp := *n
	cp.Content = slices.Clone(d.Original(n))
	for i, c := range cp.Content {
		cp.Content[i] = d.asParsed(c)
	}
	return &cp
}

// linesOf returns the lines that are removed with the entry: see renderer.collection.
func (r *Recorder) linesOf(n *yaml.Node, was []*yaml.Node, at int, spans []span) (from, to int) {
	s := spans[at]
	switch {
	case r.places(n).has(was[at*step(n)]):
		return s.start, s.end // replaced in its place
	case at < r.lastKept(n):
		return s.start, spans[at+1].start
	}
	if at == 0 {
		return s.start, s.end
	}
	return spans[at-1].end, s.end
}

func dedent(text string, column int) string {
	var out strings.Builder
	out.Grow(len(text))
	for line := range strings.Lines(text) {
		line, ended := strings.CutSuffix(line, "\n")
		switch line = strings.TrimSuffix(line, "\r"); {
		case isBlank(line):
			out.WriteString(line) // blanks in it stay unchanged, see appendIndented
		case isComment(line) && indent(line) < column:
			out.WriteString(strings.TrimLeft(line, " "))
		default:
			out.WriteString(line[min(column, len(line)):])
		}
		if ended {
			out.WriteByte('\n')
		}
	}
	return out.String()
}
