// Package fast has all shortcuts of a run. It reads the usual YAML of hosts and people without a parser; it
// tells from the text alone that a document mentions nothing relevant; and it reuses the nodes of its trees.
//
// It reads block mappings and sequences, scalars and flow style on one line, literal blocks, anchors and aliases of
// values. The trees equal the parser's node by node, in a tenth of its time. It refuses everything else: merge keys,
// tags, folded scalars, tabs, other line ends, errors, and comments if their nodes are needed. The caller then uses the
// parser. A text is read completely or not at all, so the caller gets the parser's tree either way; a fuzzer compares
// the two, and tests/shortcuts_test.go compares runs with and without the shortcuts.
package fast

import (
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// maxDepth limits the nesting of collections; the parser's own limit is 10,000.
const maxDepth = 100

// Parse reads one document and returns the tree of its top mapping or sequence; ok is false if the text needs a
// parser. Comments need one.
func Parse(text string) (t *Tree, ok bool) { return (&reader{text: text}).parse() }

// Read is Parse without comments: it skips them.
func Read(text string) (t *Tree, ok bool) { return (&reader{text: text, skipsComments: true}).parse() }

func (r *reader) parse() (t *Tree, ok bool) {
	if r.ascii, ok = survey(r.text); !Enabled || !ok {
		return nil, false
	}
	r.Tree = New()
	if r.next(); !r.unsupported && !r.done() {
		r.Root = r.root()
	}
	if r.unsupported || r.Root == nil || !r.done() {
		r.Free()
		return nil, false
	}
	return r.Tree, true
}

// root reads the top mapping or sequence. It may be in flow style on one line, as in JSON.
func (r *reader) root() *yaml.Node {
	if c := r.text[r.start]; c != '{' && c != '[' {
		return r.collection(r.start, r.indent)
	}
	n, behind := r.flow(r.start)
	if !r.unsupported && !r.endsBehind(behind) {
		r.unsupported = true
	}
	if !r.unsupported {
		r.next()
	}
	return n
}

// reader goes through a text line by line. Syntax that it does not know sets unsupported, and reading stops.
type reader struct {
	*Tree
	text          string
	skipsComments bool // otherwise they are unsupported
	ascii         bool
	unsupported   bool
	depth         int
	anchors       map[string]*yaml.Node // the last node with each; nil while it is read

	start  int // of the line's content, after its blanks
	end    int // of the line, without its line break
	indent int // blanks before start
	line   int // 1-based
}

// next goes to the next line with content.
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
			if r.isComment(r.start) && !r.unsupported {
				continue
			}
			r.indent = r.start - from
			r.unsupported = r.unsupported || r.indent == 0 && isMarker(r.text[from:r.end])
			return
		}
	}
}

func (r *reader) done() bool { return r.indent < 0 }

// isMarker reports whether a line in the first column separates or ends documents.
func isMarker(line string) bool {
	return line[0] == '%' || strings.HasPrefix(line, "---") || strings.HasPrefix(line, "...")
}

// isDash reports whether an element of a sequence begins there.
func (r *reader) isDash(at int) bool {
	return r.text[at] == '-' && (at+1 == r.end || r.text[at+1] == ' ')
}

// skipBlanks returns the offset of the next non-blank character, or of the end of the line.
func (r *reader) skipBlanks(at int) int {
	for at < r.end && r.text[at] == ' ' {
		at++
	}
	return at
}

// node returns a new node with a place on the current line.
func (r *reader) node(kind yaml.Kind, tag string, at int) *yaml.Node {
	n := r.Node()
	n.Kind, n.Tag, n.Line, n.Column = kind, tag, r.line, r.column(at)
	return n
}
