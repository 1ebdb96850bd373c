package yamldoc

import (
	"strings"
	"unicode/utf8"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// flowSpan is the byte range of a flow collection in the text.
type flowSpan struct {
	open, behind int // of the opening bracket, and after the closing one
	entries      []flowEntry
}

// flowEntry is one entry of a flow collection: its key, colon and value. A key without a value ends at its colon.
type flowEntry struct{ start, value, end int }

// flowStyle is the style of the flow collections of an entry; added entries use the same style.
type flowStyle struct {
	comma, colon string // including the blanks after them, as in the first occurrence
	quoted       bool   // keys and strings are in double quotes, as in JSON
}

// flowReader finds the byte ranges of the entries of a flow collection. It follows the parsed tree, and reads only
// what it needs to tell the entries apart. It fails on anything unexpected.
type flowReader struct {
	text  string
	at    int
	spans map[*yaml.Node]*flowSpan
	style *flowStyle
	d     *Draft
}

// measureFlow finds the ranges of the entries of a flow collection, recursively; it returns false if it cannot.
func (l *layout) measureFlow(d *Draft, n *yaml.Node) bool {
	at, ok := l.offset(n)
	if !ok {
		return false
	}
	r := &flowReader{text: l.text, at: at, d: d, spans: map[*yaml.Node]*flowSpan{}, style: &flowStyle{}}
	r.properties()
	if !r.collection(n) {
		return false
	}
	if l.flows == nil {
		l.flows, l.styles = map[*yaml.Node]*flowSpan{}, map[*yaml.Node]*flowStyle{}
	}
	for n, span := range r.spans {
		l.flows[n], l.styles[n] = span, r.style
	}
	return true
}

const byteOrderMark = "\ufeff"

// offset returns the byte offset of a node.
func (l *layout) offset(n *yaml.Node) (at int, ok bool) {
	if n.Line < 1 || n.Line > l.count() {
		return 0, false
	}
	line, from := l.line(n.Line-1), 0
	if n.Line == 1 && strings.HasPrefix(line, byteOrderMark) {
		from = len(byteOrderMark) // which the parser does not count
	}
	for range n.Column - 1 {
		_, size := utf8.DecodeRuneInString(line[from:])
		if size == 0 {
			return 0, false
		}
		from += size
	}
	return l.starts[n.Line-1] + from, true
}

// collection reads a mapping or a sequence, including its brackets.
func (r *flowReader) collection(n *yaml.Node) bool {
	brackets := "[]"
	if n.Kind == yaml.MappingNode {
		brackets = "{}"
	}
	if !r.takes(brackets[0]) {
		return false
	}
	was := r.d.Original(n)
	span := &flowSpan{open: r.at - 1, entries: make([]flowEntry, 0, len(was)/step(n))}
	for i := 0; i < len(was); i += step(n) {
		if i > 0 && !r.comma() {
			return false
		}
		r.skipBlanks()
		e, ok := r.entry(was[i : i+step(n)])
		if !ok {
			return false
		}
		span.entries = append(span.entries, e)
	}
	if r.skipBlanks(); len(was) > 0 && r.takes(',') {
		r.skipBlanks()
	}
	if !r.takes(brackets[1]) {
		return false
	}
	span.behind = r.at
	r.spans[n] = span
	return true
}

// comma reads the separator of two entries.
func (r *flowReader) comma() bool {
	r.skipBlanks()
	from := r.at
	if !r.takes(',') {
		return false
	}
	if r.skipBlanks(); r.style.comma == "" && isOneLine(r.text[from:r.at]) {
		r.style.comma = r.text[from:r.at]
	}
	return true
}

// entry reads a key and its value, or a value of a sequence.
func (r *flowReader) entry(nodes []*yaml.Node) (e flowEntry, ok bool) {
	e.start = r.at
	if len(nodes) == 2 && !r.key(nodes[0]) {
		return e, false
	}
	e.value = r.at
	ok = r.value(nodes[len(nodes)-1])
	e.end = r.at
	return e, ok
}

// key reads a key, its colon and the blanks after it.
func (r *flowReader) key(n *yaml.Node) bool {
	if n.Kind != yaml.ScalarNode || n.Line == 0 {
		return false
	}
	quoted := r.text[r.at] == '"'
	if r.properties(); !r.scalar() {
		return false
	}
	from := r.at
	r.skipBlanks()
	if !r.takes(':') {
		return false // a key alone, whose value is null
	}
	if r.skipBlanks(); r.style.colon == "" && isOneLine(r.text[from:r.at]) {
		r.style.colon, r.style.quoted = r.text[from:r.at], quoted
	}
	return true
}

func (r *flowReader) value(n *yaml.Node) bool {
	r.properties()
	switch {
	case n.Line == 0 || r.at == len(r.text):
		return false
	case n.Kind == yaml.ScalarNode && n.Value == "" && n.Style == 0:
		return true // nothing, which is null
	case r.text[r.at] == '[' && n.Kind == yaml.SequenceNode, r.text[r.at] == '{' && n.Kind == yaml.MappingNode:
		return r.collection(n)
	case n.Kind == yaml.ScalarNode, n.Kind == yaml.AliasNode:
		return r.scalar()
	}
	return false // a pair in a sequence, without braces
}

// properties skips the anchor and the tag of a node.
func (r *flowReader) properties() {
	for r.at < len(r.text) && (r.text[r.at] == '&' || r.text[r.at] == '!') {
		for r.at < len(r.text) && strings.IndexByte(" \t\r\n,[]{}", r.text[r.at]) < 0 {
			r.at++
		}
		r.skipBlanks()
	}
}

// scalar skips a scalar or an alias.
func (r *flowReader) scalar() bool {
	if r.at == len(r.text) {
		return false
	}
	if quote := r.text[r.at]; quote == '"' || quote == '\'' {
		return r.quoted(quote)
	}
	from := r.at
	for r.at < len(r.text) && !r.endsPlain() {
		r.at++
	}
	r.at = from + len(strings.TrimRight(r.text[from:r.at], " \t\r\n"))
	return r.at > from
}

// endsPlain reports whether a plain scalar ends here.
func (r *flowReader) endsPlain() bool {
	switch c := r.text[r.at]; c {
	case ',', '[', ']', '{', '}':
		return true
	case ':':
		return r.at+1 == len(r.text) || strings.IndexByte(" \t\r\n,[]{}", r.text[r.at+1]) >= 0
	case '#':
		return strings.IndexByte(" \t\r\n", r.text[r.at-1]) >= 0
	}
	return false
}

func (r *flowReader) quoted(quote byte) bool {
	for r.at++; r.at < len(r.text); r.at++ {
		switch c := r.text[r.at]; {
		case c == '\\' && quote == '"':
			r.at++
		case c == quote && quote == '\'' && strings.HasPrefix(r.text[r.at+1:], "'"):
			r.at++
		case c == quote:
			r.at++
			return true
		}
	}
	return false
}

// skipBlanks skips blanks, line breaks and comments.
func (r *flowReader) skipBlanks() {
	for r.at < len(r.text) {
		switch c := r.text[r.at]; {
		case strings.IndexByte(" \t\r\n", c) >= 0:
			r.at++
		case c == '#' && strings.IndexByte(" \t\r\n,[{", r.text[r.at-1]) >= 0:
			if end := strings.IndexByte(r.text[r.at:], '\n'); end >= 0 {
				r.at += end
			} else {
				r.at = len(r.text)
			}
		default:
			return
		}
	}
}

func (r *flowReader) takes(c byte) bool {
	if r.at == len(r.text) || r.text[r.at] != c {
		return false
	}
	r.at++
	return true
}

func isOneLine(s string) bool { return strings.IndexByte(s, '\n') < 0 }
