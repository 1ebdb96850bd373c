package yamldoc

import (
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// A span is the range of lines of one entry of a block collection: its head comments, its key or dash, its value, and
// everything indented below. It does not include the blank lines and unrelated comments before the next entry.
type span struct{ start, head, end int }

// layout holds the lines of the entries of all block collections that were edited.
type layout struct {
	lines
	// spans has, for every collection that was edited or contains an edit, the span of each parsed entry; nil if they
	// cannot be determined.
	spans map[*yaml.Node][]span
	style yaml.SequenceIndentStyle

	// flows has the ranges of edited flow collections; nil if they cannot be determined.
	flows  map[*yaml.Node]*flowSpan
	styles map[*yaml.Node]*flowStyle
}

// hasPositions reports whether the lines or bytes of a collection's entries are known.
func (l *layout) hasPositions(n *yaml.Node) bool { return l.spans[n] != nil || l.flows[n] != nil }

// isDirty reports whether a collection, or anything in it, was edited.
func (l *layout) isDirty(n *yaml.Node) bool {
	_, dirty := l.spans[n]
	return dirty
}

// measure finds the lines of every edited block collection in the parsed text.
func (d *Draft) measure() *layout {
	if d.layout != nil && d.layout.covers(d) {
		return d.layout
	}
	l := &layout{lines: splitLines(d.text), spans: make(map[*yaml.Node][]span, 2*len(d.before)), style: d.sequenceStyle()}
	d.layout = l
	d.dirty(d.root, func(n *yaml.Node) { l.spans[n] = nil })
	if d.root != nil && !d.hasExoticBreaks() {
		if !l.collection(d, d.root, d.root.Line-1, l.count()) && l.isDirty(d.root) {
			l.measureFlow(d, d.root)
		}
	}
	return l
}

// covers reports whether all current edits were measured.
func (l *layout) covers(d *Draft) bool {
	all := true
	d.dirty(d.root, func(n *yaml.Node) { all = all && l.isDirty(n) })
	return all
}

// ExoticBreaks are the characters that some YAML readers treat as line breaks.
const ExoticBreaks = "\u0085\u2028\u2029"

// hasExoticBreaks reports whether the text has characters that are line breaks for the parser but not for editors.
func (d *Draft) hasExoticBreaks() bool {
	return d.nodes == nil && // package fast refuses them
		strings.ContainsAny(d.text, ExoticBreaks) && !d.isJSON()
}

// sequenceStyle returns the indentation of new sequences: wide if one of the document is deeper than its key.
func (d *Draft) sequenceStyle() yaml.SequenceIndentStyle {
	if d.root != nil && d.isWide(d.root) {
		return yaml.WideSequenceStyle
	}
	return yaml.CompactSequenceStyle
}

func (d *Draft) isWide(n *yaml.Node) bool {
	if !isBlock(n) {
		return false
	}
	content, k := d.Original(n), step(n)
	for i := 0; i < len(content); i += k {
		key, v := content[i], content[i+k-1]
		below := k == 2 && v.Line > key.Line && v.Column > n.Column
		if below && v.Kind == yaml.SequenceNode && len(v.Content) > 0 || d.isWide(v) {
			return true
		}
	}
	return false
}

// isBlock reports whether a collection was parsed in block style.
func isBlock(n *yaml.Node) bool {
	return (n.Kind == yaml.MappingNode || n.Kind == yaml.SequenceNode) && n.Style&yaml.FlowStyle == 0 && n.Line > 0
}

// collection measures a block collection on lines [from, to).
func (l *layout) collection(d *Draft, n *yaml.Node, from, to int) bool {
	content, step := d.Original(n), step(n)
	if !l.isDirty(n) || !isBlock(n) || len(content) == 0 {
		return false
	}
	_, column := l.begin(n)
	bound := from
	spans := make([]span, 0, len(content)/step)
	for i := 0; i < len(content); i += step {
		head, ok := l.head(n, content[i], column, bound, to)
		if !ok {
			return false
		}
		spans = append(spans, span{start: l.headComments(head, bound, column), head: head})
		bound = head + 1
	}
	for i := range spans {
		limit := to
		if i+1 < len(spans) {
			limit = spans[i+1].start
		}
		spans[i].end = l.bodyEnd(spans[i].head, limit, column)
		if d.keepsBlankLines(content[(i+1)*step-1]) {
			spans[i].end = l.blankLines(spans[i].end, limit)
		}
	}
	l.spans[n] = spans
	for i, s := range spans {
		l.value(d, content[i*step+step-1], s)
	}
	return true
}

// begin returns the line and column, from 0, of the first key or dash of a block collection. The parser's place is that
// of the anchor or tag, if there is one, with the entries in the lines below.
func (l *layout) begin(n *yaml.Node) (line, column int) {
	line, column = n.Line-1, n.Column-1
	if !isBlock(n) || n.Anchor == "" && n.Style&yaml.TaggedStyle == 0 {
		return line, column
	}
	for line++; line < l.count(); line++ {
		if text := l.line(line); !isBlank(text) && !isComment(text) {
			return line, indent(text)
		}
	}
	return line, column
}

func (l *layout) value(d *Draft, v *yaml.Node, s span) {
	if len(d.Original(v)) == 0 || v.Line == 0 {
		return
	}
	from := s.head
	if line, _ := l.begin(v); line > s.head {
		from++
	}
	switch isFlow := v.Style&yaml.FlowStyle != 0; {
	case isFlow && l.isDirty(v):
		l.measureFlow(d, v)
	case !isFlow && len(v.Content) > 0: // a collection that is empty now is written as [] or {}, for which it has no lines
		l.collection(d, v, from, s.end)
	}
}

// head finds the line of a mapping's key, or of the dash of an element.
func (l *layout) head(n, entry *yaml.Node, column, bound, to int) (int, bool) {
	line := entry.Line - 1
	if n.Kind == yaml.MappingNode {
		ok := line >= bound && line < to && entry.Column-1 == column && l.opens(line, column)
		return line, ok
	}
	for ; line >= bound; line-- {
		if line < to && l.opens(line, column) && l.line(line)[column] == '-' {
			return line, true
		}
	}
	return 0, false
}

// opens reports whether only white space and dashes of enclosing sequences come before the column.
func (l *layout) opens(line, column int) bool {
	s := l.line(line)
	return len(s) > column && strings.Trim(s[:column], " -") == ""
}

// headComments goes up from an entry over adjacent comment lines in the same column. Other comments stay when the
// entry is removed.
func (l *layout) headComments(head, bound, column int) int {
	if strings.TrimSpace(l.line(head)[:column]) != "" {
		return head // on the dash's line: comments above belong to the element
	}
	for head > bound && isComment(l.line(head-1)) && indent(l.line(head-1)) == column {
		head--
	}
	return head
}

// bodyEnd goes back from the next entry over blank lines and over comments with less indentation than the entry.
func (l *layout) bodyEnd(head, limit, column int) int {
	for limit > head+1 && (isBlank(l.line(limit-1)) || isComment(l.line(limit-1)) && indent(l.line(limit-1)) < column) {
		limit--
	}
	return limit
}

// keepsBlankLines reports whether a tree ends in a block scalar that includes the blank lines below it (|+).
func (d *Draft) keepsBlankLines(n *yaml.Node) bool {
	for was := d.Original(n); len(was) > 0 && n.Style&yaml.FlowStyle == 0; was = d.Original(n) {
		n = was[len(was)-1]
	}
	isBlock := n.Kind == yaml.ScalarNode && n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0
	return isBlock && (n.Value == "\n" || strings.HasSuffix(n.Value, "\n\n"))
}

// blankLines returns the first line after the blank lines from a line on. The empty rest after the last line break
// does not count.
func (l *layout) blankLines(from, limit int) int {
	for from < limit && isBlank(l.line(from)) && l.starts[from] < len(l.text) {
		from++
	}
	return from
}

func isBlank(line string) bool   { return strings.TrimSpace(line) == "" }
func isComment(line string) bool { return strings.HasPrefix(strings.TrimSpace(line), "#") }
func indent(line string) int     { return len(line) - len(strings.TrimLeft(line, " ")) }
