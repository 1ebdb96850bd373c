// Package quick reads the YAML that orchestrators write, and most people: block mappings and sequences, scalars on one line,
// literal blocks. Its trees are those of the YAML parser, node by node, in a tenth of its time and half of its memory.
//
// It refuses whatever it does not know: comments, anchors, tags, flow style that holds something, folded text, tabs, other
// line ends, errors. All of that is for the parser. A text is read whole or not at all, so who asks gets the parser's tree
// either way; tests and a fuzzer compare the two.
package quick

import (
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// more nodes are made where those do not do that were made first: two for each line, which is most of what there can be.
const more = 32

// maxDepth of collections in each other; the parser's own limit is 10,000.
const maxDepth = 100

// Parse reads one document, and returns its topmost mapping or sequence; ok is false where the text needs a parser.
func Parse(text string) (root *yaml.Node, ok bool) {
	ascii, ok := survey(text)
	if !ok {
		return nil, false
	}
	lines := strings.Count(text, "\n") + 1
	r := &reader{
		text: text, ascii: ascii, stack: make([]*yaml.Node, 0, 64),
		nodes: make([]yaml.Node, 0, min(2*lines+4, 4*more)), content: make([]*yaml.Node, 0, 2*lines+4),
	}
	if r.next(); r.odd || r.done() {
		return nil, false
	}
	root = r.collection(r.start, r.indent)
	if r.odd || !r.done() {
		return nil, false
	}
	return root, true
}

// reader goes through a text line by line. What it meets and does not know makes it odd, and all else is in vain.
type reader struct {
	text  string
	ascii bool
	odd   bool
	depth int

	start  int // of what the line says, behind its blanks
	end    int // of the line, its line break not included
	indent int // blanks before start
	line   int // from 1

	nodes   []yaml.Node  // to give out
	content []*yaml.Node // to give out, as what collections hold
	stack   []*yaml.Node // what the collections hold that are being read
}

// next goes to the next line that says something.
func (r *reader) next() {
	for from := r.end; ; from = r.end {
		if r.line > 0 {
			from++ // the line break
		}
		if from >= len(r.text) {
			r.start, r.end, r.indent = len(r.text), len(r.text), -1
			return
		}
		r.line++
		r.end = len(r.text)
		if i := strings.IndexByte(r.text[from:], '\n'); i >= 0 {
			r.end = from + i
		}
		r.start = from
		for r.start < r.end && r.text[r.start] == ' ' {
			r.start++
		}
		if r.start < r.end {
			r.indent = r.start - from
			r.odd = r.odd || r.text[r.start] == '#' || r.indent == 0 && isMarker(r.text[from:r.end])
			return
		}
	}
}

func (r *reader) done() bool { return r.indent < 0 }

// isMarker is true of lines in the first column that are about documents.
func isMarker(line string) bool {
	return line[0] == '%' || strings.HasPrefix(line, "---") || strings.HasPrefix(line, "...")
}

// isDash says whether an element of a sequence begins there.
func (r *reader) isDash(at int) bool {
	return r.text[at] == '-' && (at+1 == r.end || r.text[at+1] == ' ')
}

// skipBlanks is the first place at or after that one which is no blank; the end of the line where there is none.
func (r *reader) skipBlanks(at int) int {
	for at < r.end && r.text[at] == ' ' {
		at++
	}
	return at
}

// node gives out a node that stands at a place of the current line.
func (r *reader) node(kind yaml.Kind, tag string, at int) *yaml.Node {
	if len(r.nodes) == cap(r.nodes) {
		r.nodes = make([]yaml.Node, 0, more)
	}
	r.nodes = r.nodes[:len(r.nodes)+1]
	n := &r.nodes[len(r.nodes)-1]
	n.Kind, n.Tag, n.Line, n.Column = kind, tag, r.line, r.column(at)
	return n
}

// take makes the nodes that were stacked since then the content of one.
func (r *reader) take(n *yaml.Node, since int) {
	from := len(r.content)
	r.content = append(r.content, r.stack[since:]...)
	n.Content = r.content[from:len(r.content):len(r.content)] // who appends to it gets a copy
	r.stack = r.stack[:since]
}
