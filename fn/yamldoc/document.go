// Package yamldoc holds one YAML document as text, and applies edits of its tree to the text.
//
// An encoder would reformat the document: blank lines, quotes, indentation, anchors. This package keeps the lines and
// replaces only those of edited entries; a collection in flow style is edited between its brackets. If it cannot
// determine the lines of an entry (tabs, unusual line breaks), or if the new text does not parse as the edited tree,
// kyaml encodes the entry or, at worst, the whole document. The formatting may then change, but not the meaning.
//
// README.md describes the accepted grammar and the ownership of nodes. The package knows nothing of Kubernetes.
package yamldoc

import (
	"reflect"
	"strings"
	"sync"
	"sync/atomic"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/yamldoc/fast"
)

// Document is the text of one YAML document. It is immutable and safe for concurrent use.
type Document struct {
	text   string
	blanks int // see Unread
	column int

	once sync.Once
	root *yaml.Node // see Root

	err atomic.Pointer[error] // see Err
}

// Parse parses one document. It fails on bad syntax, on content after the document, on duplicate keys in a mapping,
// since tools disagree on which one counts, and above the limits of fn/limits.
func Parse(text string) (*Document, error) { return ParseAndView(text, func(*yaml.Node) {}) }

// ParseAndView is Parse followed by View, with one parse.
func ParseAndView(text string, view func(root *yaml.Node)) (*Document, error) {
	t, err := read(text, fast.Read)
	if err != nil {
		return nil, err
	}
	defer t.free()
	view(t.root)
	return newDocument(text, t.root), nil
}

// New returns a document for a Go value, see Build. adjust may change the tree before it is encoded.
func New(v any, adjust func(root *yaml.Node)) (*Document, error) {
	b := builder{fast.New()}
	defer b.Free()
	root, err := b.element(reflect.ValueOf(v))
	if err != nil {
		return nil, err
	}
	adjust(root)
	text, err := encode(root, yaml.CompactSequenceStyle)
	return newDocument(text, root), err
}

func newDocument(text string, root *yaml.Node) *Document {
	d := &Document{text: text}
	if root != nil {
		d.column = root.Column
	}
	return d
}

// Unread returns a document that is parsed on first use. It begins in the given column. Its text is the given number of
// blanks, and then the given text: an element of a list is kept without a copy that has a blank in place of its dash.
func Unread(blanks int, text string, column int) *Document {
	return &Document{blanks: blanks, text: text, column: column}
}

// Err returns the parse error of a document that was not parsed at first; nil as long as none is known.
func (d *Document) Err() error {
	if err := d.err.Load(); err != nil {
		return *err
	}
	return nil
}

func (d *Document) read() (tree, error) {
	t, err := read(d.Text(), fast.Read)
	if err != nil {
		d.err.Store(&err)
	}
	return t, err
}

// Text returns the document's text.
func (d *Document) Text() string {
	if d.blanks == 0 {
		return d.text
	}
	return strings.Repeat(" ", d.blanks) + d.text
}

// Body returns the document's text without the blanks that Unread was given. Unlike Text, it never makes a copy, so all
// documents can be searched.
func (d *Document) Body() string { return d.text }

// Column returns the 1-based column in which the document begins; 0 if it has only comments.
func (d *Document) Column() int { return d.column }

// View calls a function with the root of the tree, or nil if the document has only comments. The tree is for reading
// only and has no comments. Its nodes are reused after the call.
func (d *Document) View(view func(root *yaml.Node)) {
	if t, err := d.read(); err == nil {
		defer t.free()
		view(t.root)
	}
}

// Root returns the tree for callers that keep nodes: it lives as long as the document or one of its nodes is
// referenced. It is built once, is for reading only, and takes about twenty times the memory of the text.
func (d *Document) Root() *yaml.Node {
	d.once.Do(func() {
		if t, err := d.read(); err == nil {
			d.root = t.root
		}
	})
	return d.root
}

// Edit calls a function with a draft of the document, and returns the edited document, or the same one if nothing was
// edited. If the function returns an error, Edit returns that error and no document. It edits no document that parsers
// read differently, and makes none: see MergeOrderError.
func (d *Document) Edit(edit func(*Draft) error) (*Document, error) {
	return d.EditAndCheck(edit, func(*Draft) {})
}

// EditAndCheck is Edit. It also gives a draft of the document that the edits result in to another function, which may
// read it, edit it, and look at the Result of that.
func (d *Document) EditAndCheck(edit func(*Draft) error, check func(*Draft)) (*Document, error) {
	text := d.Text()
	t, err := read(text, fast.Read) // see Draft.comment
	if err != nil {
		return nil, err
	}
	draft := &Draft{text: text, tree: t}
	defer draft.free()
	ambiguous := mergeOrder(text, t.root)
	if err := edit(draft); err != nil {
		return nil, err
	}
	if !draft.Edited() {
		check(draft)
		return d, nil
	}
	if ambiguous != nil {
		return nil, ambiguous
	}
	return draft.render(func(again *Draft) {
		draft.undo()
		again.origin = draft
		check(again)
	})
}
