// Package fast has the shortcuts that a run takes, and all of them: it reads the YAML that orchestrators write, and
// most people, without a parser; it tells by the text alone that a document mentions nothing that matters; and its
// trees pass their nodes on.
//
// What it reads are block mappings and sequences, scalars and flow style on one line, and literal blocks. The trees are
// the parser's, node by node, in a tenth of its time. It refuses whatever it does not know: anchors, tags, folded text,
// tabs, other line ends, errors; and comments, where their nodes matter. All of that is for the parser. A text is read
// whole or not at all, so who asks gets the parser's tree either way; a fuzzer compares the two, and
// tests/shortcuts_test.go runs that take these shortcuts and runs that do not.
package fast

import (
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// maxDepth of collections in each other; the parser's own limit is 10,000.
const maxDepth = 100

// Parse reads one document, and returns the tree of its topmost mapping or sequence; ok is false where the text needs a
// parser, which it does for comments.
func Parse(text string) (t *Tree, ok bool) { return parse(text, false) }

// Read is Parse for who has no use for comments: the tree has none.
func Read(text string) (t *Tree, ok bool) { return parse(text, true) }

func parse(text string, lenient bool) (t *Tree, ok bool) {
	ascii, ok := survey(text)
	if !Enabled || !ok {
		return nil, false
	}
	r := &reader{Tree: New(), text: text, ascii: ascii, lenient: lenient}
	if r.next(); !r.odd && !r.done() {
		r.Root = r.root()
	}
	if r.odd || r.Root == nil || !r.done() {
		r.Free()
		return nil, false
	}
	return r.Tree, true
}

// root reads the topmost mapping or sequence: one in flow style where it stands on one line, as JSON may.
func (r *reader) root() *yaml.Node {
	if c := r.text[r.start]; c != '{' && c != '[' {
		return r.collection(r.start, r.indent)
	}
	n, behind := r.flow(r.start)
	if !r.odd && !r.endsBehind(behind) {
		r.odd = true
	}
	if !r.odd {
		r.next()
	}
	return n
}

// reader goes through a text line by line. Syntax that it does not know sets odd, and parsing stops.
type reader struct {
	*Tree
	text    string
	ascii   bool
	lenient bool // passes over comments
	odd     bool
	depth   int

	start  int // of what the line says, behind its blanks
	end    int // of the line, its line break not included
	indent int // blanks before start
	line   int // from 1
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
			if r.isComment(r.start) && !r.odd {
				continue
			}
			r.indent = r.start - from
			r.odd = r.odd || r.indent == 0 && isMarker(r.text[from:r.end])
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

// node is a new one that stands at a place of the current line.
func (r *reader) node(kind yaml.Kind, tag string, at int) *yaml.Node {
	n := r.Node()
	n.Kind, n.Tag, n.Line, n.Column = kind, tag, r.line, r.column(at)
	return n
}
