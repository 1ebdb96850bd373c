package document

import (
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// splice returns the text with the lines of the edited entries replaced; "" where the lines are not known.
func (d *Document) splice() string {
	own := *d.measure()
	own.lines = slices.Clone(own.lines) // see inside
	r := &renderer{d: d, layout: &own, dirty: d.dirty()}
	spans := r.spans[d.root]
	if !r.dirty[d.root] || spans == nil {
		return ""
	}
	from := spans[0].start
	out := slices.Concat(r.lines[:from], r.collection(d.root, from, len(r.lines)))
	return strings.Join(out, "\n")
}

type renderer struct {
	*layout
	d     *Document
	dirty map[*yaml.Node]bool // collections with an edit in them or below
}

// collection renders a measured collection that stands on lines [from, to).
//
// Between two entries that stay, the gap after the first stays. An entry at the end goes with the gap before it, any
// other with the gap after it; so a removed entry that is put back where it was gives the same lines again.
func (r *renderer) collection(n *yaml.Node, from, to int) []string {
	spans, was := r.spans[n], r.d.Original(n)
	last := r.lastKept(n)
	out := slices.Clone(r.lines[from:spans[0].start])
	out = append(out, r.left(n, -1, false)...)
	for i := 0; i < len(n.Content); i += step(n) {
		old := slices.Index(was, n.Content[i])
		if old < 0 {
			out = append(out, r.added(n, i)...)
			continue
		}
		old /= step(n)
		out = append(out, r.kept(n, i, spans[old])...)
		if old != last {
			out = append(out, r.lines[spans[old].end:spans[old+1].start]...)
		}
		out = append(out, r.left(n, old, old == last)...)
	}
	return append(out, r.lines[spans[len(spans)-1].end:to]...)
}

// left are the comments that stay of the entries that were removed right behind one, see Document.KeepComments; where
// they are the end of the collection, with the gaps before them.
func (r *renderer) left(n *yaml.Node, old int, atEnd bool) (lines []string) {
	spans, was := r.spans[n], r.d.Original(n)
	for i := old + 1; i < len(spans) && !slices.Contains(n.Content, was[i*step(n)]); i++ {
		s := spans[i]
		if !r.d.bare[was[i*step(n)]] || s.head == s.start {
			continue
		}
		if atEnd && i > 0 {
			lines = append(lines, r.lines[spans[i-1].end:s.start]...)
		}
		lines = append(lines, r.lines[s.start:s.head]...)
	}
	return lines
}

func (r *renderer) lastKept(n *yaml.Node) int {
	was := r.d.Original(n)
	for i := len(was) - step(n); i >= 0; i -= step(n) {
		if slices.Contains(n.Content, was[i]) {
			return i / step(n)
		}
	}
	return -1
}

func step(n *yaml.Node) int {
	if n.Kind == yaml.MappingNode {
		return 2
	}
	return 1
}

// kept renders an entry that was there before: verbatim, unless something changed in it.
func (r *renderer) kept(n *yaml.Node, i int, s span) []string {
	v := n.Content[i+step(n)-1]
	replaced := n.Kind == yaml.MappingNode && r.replaced(n, i)
	switch {
	case !replaced && !r.dirty[v]:
		return r.lines[s.start:s.end]
	case !replaced && r.spans[v] != nil:
		return r.inside(v, s)
	case replaced && r.d.verbatim[v] == "" && r.oneLine(s) && v.Kind == yaml.ScalarNode && !strings.Contains(v.Value, "\n"):
		return r.scalar(n, i, s)
	}
	entry := r.added(n, i)
	if r.d.verbatim[v] != "" {
		return entry // its head comments are part of the text
	}
	return slices.Concat(r.lines[s.start:s.head], entry)
}

func (r *renderer) replaced(m *yaml.Node, i int) bool {
	was := r.d.Original(m)
	old := slices.Index(was, m.Content[i])
	return was[old+1] != m.Content[i+1]
}

func (r *renderer) oneLine(s span) bool { return s.end == s.head+1 }

// scalar replaces a value in its line, and keeps the comment behind it.
func (r *renderer) scalar(m *yaml.Node, i int, s span) []string {
	was := r.d.Original(m)
	old := was[slices.Index(was, m.Content[i])+1]
	line, column := r.lines[s.head], old.Column-1
	if old.Kind != yaml.ScalarNode || column <= 0 || column > len(line) || old.Anchor != "" || old.Line-1 != s.head {
		return slices.Concat(r.lines[s.start:s.head], r.added(m, i))
	}
	tail := r.d.lineEnd()
	if c := old.LineComment; c != "" && strings.HasSuffix(strings.TrimRight(line, "\r "), c) {
		at := strings.LastIndex(line, c)
		tail = line[len(strings.TrimRight(line[:at], " \t")):]
	}
	text, err := yaml.Marshal(m.Content[i+1])
	if err != nil {
		return nil
	}
	return append(slices.Clone(r.lines[s.start:s.head]), line[:column]+strings.TrimRight(string(text), "\n")+tail)
}

// inside renders the entry's own lines, and the collection that is its value.
func (r *renderer) inside(v *yaml.Node, s span) []string {
	if v.Line-1 > s.head {
		return slices.Concat(r.lines[s.start:s.head+1], r.collection(v, s.head+1, s.end))
	}
	// The value begins on the dash's line: hide the dash, and put it back before whatever comes first now.
	head, column := r.lines[s.head], v.Column-1
	dash := head[:column]
	r.lines[s.head] = strings.Repeat(" ", column) + head[column:]
	body := slices.Clone(r.collection(v, s.head, s.end))
	r.lines[s.head] = head
	for i, line := range body {
		if !isBlank(line) && !isComment(line) {
			body[i] = dash + line[min(column, len(line)):]
			break
		}
	}
	return slices.Concat(r.lines[s.start:s.head], body)
}

// added renders an entry that has no lines yet.
func (r *renderer) added(n *yaml.Node, i int) []string {
	text := r.d.entryText(n, i, r.wide)
	return indented(text, n.Column-1, r.d.lineEnd())
}

// entryText is the text of entry i as it would stand in the first column.
func (d *Document) entryText(n *yaml.Node, i int, wide bool) string {
	if text := d.verbatim[n.Content[i+step(n)-1]]; text != "" {
		return text
	}
	one := &yaml.Node{Kind: n.Kind, Tag: n.Tag, Content: n.Content[i : i+step(n)]}
	text, err := encode(one, wide)
	if err != nil {
		return ""
	}
	return strings.TrimSuffix(string(text), "\n")
}

func indented(text string, column int, lineEnd string) []string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if line != "" {
			line = strings.Repeat(" ", column) + line
		}
		lines[i] = strings.TrimSuffix(line, "\r") + lineEnd
	}
	return lines
}

// encode prints the whole tree anew, as kyaml does.
func (d *Document) encode() (string, error) {
	if d.isJSON() {
		text, err := d.encodeJSON()
		return string(text), err
	}
	text, err := encode(d.root, d.measure().wide)
	if err != nil {
		return "", err
	}
	lines := indented(strings.TrimSuffix(string(text), "\n"), max(d.root.Column-1, 0), d.lineEnd())
	out := strings.Join(lines, "\n")
	if strings.HasSuffix(d.text, "\n") {
		out += "\n"
	}
	return out, nil
}

func encode(n *yaml.Node, wide bool) ([]byte, error) {
	if text, ok := printBuilt(n, wide); ok {
		return text, nil
	}
	style := yaml.CompactSequenceStyle
	if wide {
		style = yaml.WideSequenceStyle
	}
	// An alias would be printed without its anchor where only a part is encoded; the reader of the text checks that.
	return yaml.MarshalWithOptions(spellNulls(n, false), &yaml.EncoderOptions{SeqIndent: style})
}
