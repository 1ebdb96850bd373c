package yamldoc

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// flow appends an edited flow collection. Unchanged entries keep their text and separators. Added entries follow the
// style of the collection: on separate lines if the entries are, with JSON quotes if the keys have them.
//
// As in a block collection, a removed entry is removed with the separator after it, and the last one with the separator
// before it. So an entry that is restored at its old index gives the original text.
func (r *renderer) flow(out []byte, n *yaml.Node) []byte {
	span, was := r.flows[n], r.d.Original(n)
	out = append(out, r.text[span.open])
	if len(n.Content) == 0 {
		return append(out, r.text[span.behind-1])
	}
	f := r.flowWriter(n)
	old, last, k := placesOf(was), r.lastKept(n), step(n)
	out = append(out, f.lead...)
	for i := 0; i < len(n.Content); i += k {
		at := old.index(n.Content[i])
		switch {
		case at < 0:
			out = f.added(out, n.Content[i:i+k])
		default:
			out = f.kept(out, n.Content[i:i+k], was[at:at+k], span.entries[at/k])
		}
		switch at /= k; {
		case i+k == len(n.Content):
		case old.index(n.Content[i]) >= 0 && at != last:
			out = append(out, r.text[span.entries[at].end:span.entries[at+1].start]...)
		default:
			out = append(out, f.comma...)
		}
	}
	out = append(out, f.tail...)
	return append(out, r.text[span.behind-1])
}

// flowWriter writes the entries of one flow collection.
type flowWriter struct {
	*renderer
	style      flowStyle
	lead, tail string // between brackets and entries
	comma      string // between two entries
	margin     string // of the lines of an entry; "" if all are on one line
	unit       string // the indentation of nested collections
}

func (r *renderer) flowWriter(n *yaml.Node) flowWriter {
	span := r.flows[n]
	f := flowWriter{renderer: r, style: *r.styles[n]}
	if f.style.comma == "" {
		f.style.comma = ", "
		if f.style.colon == ":" {
			f.style.comma = ","
		}
	}
	if f.style.colon == "" {
		f.style.colon = ": "
	}
	if r.d.isJSON() {
		f.style.quoted = true
	}
	if len(span.entries) > 0 {
		f.lead = r.text[span.open+1 : span.entries[0].start]
		f.tail = r.text[span.entries[len(span.entries)-1].end : span.behind-1]
	}
	f.comma = r.commaOf(span)
	switch {
	case f.comma != "":
	case !isOneLine(f.lead) && isBlank(f.lead):
		f.comma = "," + f.lead
	default:
		f.comma = f.style.comma
	}
	if i := strings.LastIndexByte(f.comma, '\n'); i >= 0 {
		f.margin = f.comma[i+1:]
		outer := r.marginOf(span.open)
		if i := strings.LastIndexByte(f.tail, '\n'); i >= 0 {
			outer = f.tail[i+1:]
		}
		f.unit = strings.TrimPrefix(f.margin, outer)
	}
	return f
}

// commaOf returns the separator of the collection's entries: the first one without a comment.
func (r *renderer) commaOf(span *flowSpan) string {
	for i := 1; i < len(span.entries); i++ {
		if comma := r.text[span.entries[i-1].end:span.entries[i].start]; strings.IndexByte(comma, '#') < 0 {
			return comma
		}
	}
	return ""
}

// marginOf returns the blanks at the start of the line that contains an offset.
func (r *renderer) marginOf(at int) string {
	line := r.text[strings.LastIndexByte(r.text[:at], '\n')+1 : at]
	return line[:len(line)-len(strings.TrimLeft(line, " \t"))]
}

// kept writes an existing entry: unchanged, unless its value was replaced or edited.
func (f flowWriter) kept(out []byte, now, was []*yaml.Node, e flowEntry) []byte {
	v := now[len(now)-1]
	span := f.flows[v]
	switch {
	case v != was[len(was)-1]:
		if text, ok := f.verbatimEntry(now); ok {
			return append(out, text...)
		}
		return f.value(append(out, f.text[e.start:e.value]...), v, f.margin)
	case span == nil || !f.isDirty(v):
		return append(out, f.text[e.start:e.end]...)
	}
	out = append(out, f.text[e.start:span.open]...)
	return append(f.flow(out, v), f.text[span.behind:e.end]...)
}

// added writes a new entry, or one that was given as text.
func (f flowWriter) added(out []byte, entry []*yaml.Node) []byte {
	if text, ok := f.verbatimEntry(entry); ok {
		return append(out, text...)
	}
	if len(entry) == 2 {
		out = append(f.scalar(out, entry[0]), f.style.colon...)
	}
	return f.value(out, entry[len(entry)-1], f.margin)
}

// verbatimEntry returns the given text of an entry, if it is valid in a flow collection.
func (f flowWriter) verbatimEntry(entry []*yaml.Node) (string, bool) {
	v := entry[len(entry)-1]
	text := f.d.verbatim[v]
	if text == "" || strings.Contains(text, " #") || v.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 ||
		v.Kind != yaml.ScalarNode && v.Kind != yaml.AliasNode && v.Style&yaml.FlowStyle == 0 {
		return "", false
	}
	if len(entry) == 1 {
		text = strings.TrimPrefix(text, "- ")
	}
	return strings.ReplaceAll(text, "\n", f.d.lineEnd()+"\n"+f.entryMargin()), true
}

// entryMargin returns the margin of an entry's continuation lines.
func (f flowWriter) entryMargin() string { return f.margin }

// value writes a tree, on separate lines if the collection's entries are.
func (f flowWriter) value(out []byte, n *yaml.Node, margin string) []byte {
	n = Target(n)
	if n.Kind == yaml.ScalarNode {
		return f.scalar(out, n)
	}
	brackets := "[]"
	if n.Kind == yaml.MappingNode {
		brackets = "{}"
	}
	out = append(out, brackets[0])
	inner, comma, lead, tail := "", f.style.comma, "", ""
	if f.unit != "" && len(n.Content) > 0 {
		lineEnd := f.d.lineEnd() + "\n"
		inner = margin + f.unit
		comma, lead, tail = ","+lineEnd+inner, lineEnd+inner, lineEnd+margin
	}
	out = append(out, lead...)
	for i := 0; i < len(n.Content); i += step(n) {
		if i > 0 {
			out = append(out, comma...)
		}
		if n.Kind == yaml.MappingNode {
			out = append(f.scalar(out, n.Content[i]), f.style.colon...)
		}
		out = f.value(out, n.Content[i+step(n)-1], inner)
	}
	out = append(out, tail...)
	return append(out, brackets[1])
}

func (f flowWriter) scalar(out []byte, n *yaml.Node) []byte {
	switch isString := n.ShortTag() == yaml.NodeTagString; {
	case IsNull(n):
		return append(out, "null"...)
	case !isString && (!f.style.quoted || json.Valid([]byte(n.Value))):
		return append(out, n.Value...)
	case isString && !f.style.quoted && plain(n.Value) && !strings.ContainsAny(n.Value, ",[]{}"):
		return append(out, n.Value...)
	case isString && !f.style.quoted && styleOf(n.Value) == yaml.SingleQuotedStyle:
		return append(out, "'"+strings.ReplaceAll(n.Value, "'", "''")+"'"...)
	case f.style.quoted:
		var text bytes.Buffer
		_ = writeString(&text, n.Value) // to memory, which cannot fail
		return append(out, text.Bytes()...)
	}
	p := printer{out: out}
	p.quoted(n.Value)
	return p.out
}

// flowEntryText returns an entry of a flow collection in the form of a block entry in the first column.
func (r *Recorder) flowEntryText(n *yaml.Node, at int) string {
	e := r.flows[n].entries[at]
	text := r.text[e.start:e.end]
	if !isOneLine(text) {
		from := strings.LastIndexByte(r.text[:e.start], '\n') + 1
		line := r.text[from:e.start]
		margin := line[:len(line)-len(strings.TrimLeft(line, " \t"))]
		lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
		for i := range lines[1:] {
			lines[i+1] = strings.TrimPrefix(lines[i+1], margin)
		}
		text = strings.Join(lines, "\n")
	}
	if n.Kind == yaml.SequenceNode {
		return "- " + text
	}
	return text
}

// replaceFlow writes the lines [from, to), with the edited flow collection that they contain.
func (r *renderer) replaceFlow(v *yaml.Node, from, to int) {
	span, at := r.flows[v], len(r.out)
	r.copy(from, to)
	begin := r.starts[from]
	tail := slices.Clone(r.out[at+span.behind-begin:])
	r.out = append(r.flow(r.out[:at+span.open-begin], v), tail...)
}
