package yamldoc

import (
	"bytes"
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// splice returns the text with the lines of the edited entries replaced; "" if the lines are unknown.
func (d *Draft) splice() string {
	r := &renderer{layout: d.measure(), d: d, hidden: -1}
	spans, flow := r.spans[d.root], r.flows[d.root]
	if flow != nil {
		return scratched(func(out []byte) []byte {
			return append(r.flow(append(out, d.text[:flow.open]...), d.root), d.text[flow.behind:]...)
		})
	}
	if spans == nil {
		return ""
	}
	return scratched(func(out []byte) []byte {
		r.out = out
		r.copy(0, spans[0].start)
		r.collection(d.root, spans[0].start, r.count())
		out = r.out[:len(r.out)-1]
		if !strings.HasSuffix(d.text, "\n") {
			out = bytes.TrimSuffix(out, []byte("\r"))
		}
		return out
	})
}

// renderer writes lines.
type renderer struct {
	*layout
	d   *Draft
	out []byte // every line ends in "\n"

	hidden int // the line whose dash is hidden, and the text up to the dash, see inside; -1 if there is none
	column int // after that dash

	now  map[*yaml.Node]places // for long collections
	last map[*yaml.Node]int    // see lastKept
}

// copy copies the lines [from, to) of the document.
func (r *renderer) copy(from, to int) {
	if from >= to {
		return
	}
	at := len(r.out)
	r.out = append(r.out, r.between(from, to)...)
	if to == r.count() && !isBlank(r.line(to-1)) {
		r.out = append(r.out, r.d.lineEnd()...) // the last line of a text has none
	}
	r.out = append(r.out, '\n')
	if from <= r.hidden && r.hidden < to {
		at += r.starts[r.hidden] - r.starts[from]
		blank(r.out[at : at+r.column])
	}
}

func blank(text []byte) {
	for i := range text {
		text[i] = ' '
	}
}

// collection writes a measured collection on lines [from, to).
//
// Between two kept entries, the gap after the first is kept. A removed last entry is removed with the gap before it,
// any other with the gap after it. So an entry that is restored at its old index gives the original lines.
func (r *renderer) collection(n *yaml.Node, from, to int) {
	spans, was := r.spans[n], placesOf(r.d.Original(n))
	last := r.lastKept(n)
	r.copy(from, spans[0].start)
	r.left(n, -1, last)
	for i := 0; i < len(n.Content); i += step(n) {
		old := was.index(n.Content[i])
		if old < 0 {
			r.added(n, i)
			continue
		}
		r.kept(n, i, was.nodes[old:old+step(n)], spans[old/step(n)])
		old /= step(n)
		if old != last {
			r.copy(spans[old].end, spans[old+1].start)
		}
		r.left(n, old, last)
	}
	r.copy(spans[len(spans)-1].end, to)
}

// left writes the remaining comments of the removed entries after an entry, see Draft.KeepComments; after the last
// entry that is kept, with the gaps before them.
func (r *renderer) left(n *yaml.Node, old, last int) {
	spans, was, now := r.spans[n], r.d.Original(n), r.places(n)
	for i := old + 1; i < len(spans) && !now.has(was[i*step(n)]); i++ {
		s := spans[i]
		if !r.d.bare[was[i*step(n)]] || s.head == s.start {
			continue
		}
		if old >= 0 && old == last {
			r.copy(spans[i-1].end, s.start)
		}
		r.copy(s.start, s.head)
	}
}

// lastKept returns the last parsed entry that still exists, or -1.
func (r *renderer) lastKept(n *yaml.Node) int {
	if last, known := r.last[n]; known {
		return last
	}
	was, now, last := r.d.Original(n), r.places(n), -1
	for i := len(was) - step(n); i >= 0 && last < 0; i -= step(n) {
		if now.has(was[i]) {
			last = i / step(n)
		}
	}
	if len(was) >= longList {
		if r.last == nil {
			r.last = map[*yaml.Node]int{}
		}
		r.last[n] = last
	}
	return last
}

// places finds the current nodes of a collection.
func (r *renderer) places(n *yaml.Node) places {
	if len(n.Content) < longList {
		return placesOf(n.Content)
	}
	p, known := r.now[n]
	if !known {
		if r.now == nil {
			r.now = map[*yaml.Node]places{}
		}
		p = placesOf(n.Content)
		r.now[n] = p
	}
	return p
}

// kept writes an existing entry: unchanged, unless something in it was edited. was holds its parsed nodes.
func (r *renderer) kept(n *yaml.Node, i int, was []*yaml.Node, s span) {
	v, old := n.Content[i+step(n)-1], was[len(was)-1]
	replaced := v != old
	switch {
	case !replaced && !r.isDirty(v):
		r.copy(s.start, s.end)
	case !replaced && r.spans[v] != nil:
		r.inside(v, s)
	case !replaced && r.flows[v] != nil && r.d.verbatim[v] == "":
		r.replaceFlow(v, s.start, s.end)
	case replaced && r.d.verbatim[v] == "" && r.oneLine(s) && v.Kind == yaml.ScalarNode && !strings.Contains(v.Value,
		"\n"):
		r.scalar(n, i, old, s)
	default:
		if r.d.verbatim[v] == "" { // else its head comments are part of the text
			r.copy(s.start, s.head)
		}
		r.added(n, i)
	}
}

func (r *renderer) oneLine(s span) bool { return s.end == s.head+1 }

// scalar replaces a value in its line, and keeps the comment after it.
func (r *renderer) scalar(m *yaml.Node, i int, old *yaml.Node, s span) {
	line, column := r.line(s.head), old.Column-1
	r.copy(s.start, s.head)
	if old.Kind != yaml.ScalarNode || column <= 0 || column > len(line) || old.Anchor != "" || old.Line-1 != s.head {
		r.added(m, i)
		return
	}
	tail := r.d.lineEnd()
	if strings.Contains(line, "#") {
		r.d.comment()
	}
	if c := old.LineComment; c != "" && strings.HasSuffix(strings.TrimRight(line, "\r "), c) {
		at := strings.LastIndex(line, c)
		tail = line[len(strings.TrimRight(line[:at], " \t")):]
	}
	// on an error the check of the text finds the missing line
	if text, err := encode(m.Content[i+1], yaml.CompactSequenceStyle); err == nil {
		from := len(r.out)
		r.copy(s.head, s.end)
		r.out = append(r.out[:from+column], strings.TrimSpace(text)+tail+"\n"...)
	}
}

// inside writes the entry's own lines and the edited collection in it.
func (r *renderer) inside(v *yaml.Node, s span) {
	if line, _ := r.begin(v); line > s.head {
		r.copy(s.start, s.head+1)
		r.collection(v, s.head+1, s.end)
		return
	}
	// The value begins on the dash's line: hide the dash, and insert it before whatever comes first now.
	r.copy(s.start, s.head)
	begin, hidden, column := len(r.out), r.hidden, r.column
	dash := r.line(s.head)[:v.Column-1]
	if hidden == s.head {
		dash = strings.Repeat(" ", column) + dash[column:] // that of an element in an element
	}
	r.hidden, r.column = s.head, v.Column-1
	r.collection(v, s.head, s.end)
	r.hidden, r.column = hidden, column
	r.putDash(begin, dash)
}

// putDash writes the text up to a dash over the blanks of the first entry's line after an offset.
func (r *renderer) putDash(at int, dash string) {
	for at < len(r.out) {
		end := at + bytes.IndexByte(r.out[at:], '\n')
		if line := string(r.out[at:end]); !isBlank(line) && !isComment(line) {
			r.out = slices.Replace(r.out, at, min(at+len(dash), end), []byte(dash)...)
			return
		}
		at = end + 1
	}
}

// added writes an entry that has no lines yet.
func (r *renderer) added(n *yaml.Node, i int) {
	_, column := r.begin(n)
	lineEnd := r.d.lineEnd()
	if len(r.d.restored) > 0 && r.d.verbatim[n.Content[i+step(n)-1]] == "" {
		r.d.comment() // one of them may be in the entry
	}
	if r.d.verbatim[n.Content[i+step(n)-1]] == "" && lineEnd == "" {
		one := single(n, i)
		if out, ok := appendBuilt(r.out, &one, r.style, column); ok {
			r.out = out
			return
		}
	}
	r.out = append(appendIndented(r.out, r.d.entryText(n, i, r.style), column, lineEnd), '\n')
}
