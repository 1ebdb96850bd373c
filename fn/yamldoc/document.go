// Package yamldoc holds one YAML document as text, and carries edits of its tree back into the text.
//
// An encoder would reformat what it prints: blank lines, quotes, indentation, anchors. A document instead keeps its
// lines, and replaces only those that an edited entry is on. Where the lines of the entries are not known (flow style,
// tabs, unusual line breaks), or where the new text does not read back as the edited tree, the entry or, at worst, the
// whole document is encoded by kyaml: the formatting may then change, the meaning does not.
//
// README.md says what is read, and who owns the nodes of a tree. The package knows nothing of Kubernetes.
package yamldoc

import (
	"reflect"
	"sync"
	"sync/atomic"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/yamldoc/fast"
)

// Document is the text of one YAML document. It never changes, and several goroutines may use it.
type Document struct {
	text   string
	column int

	once sync.Once
	root *yaml.Node // see Root

	err atomic.Pointer[error] // see Err
}

// Parse reads one document. It fails on bad syntax, on anything behind the document's node, on a key that is twice in
// one mapping, because tools disagree on which of the two counts, and past the limits of fn/limits.
func Parse(text string) (*Document, error) { return ParseAndView(text, func(*yaml.Node) {}) }

// ParseAndView is Parse and View in one, for the price of one.
func ParseAndView(text string, view func(root *yaml.Node)) (*Document, error) {
	t, err := read(text, fast.Read)
	if err != nil {
		return nil, err
	}
	defer t.free()
	view(t.root)
	return newDocument(text, t.root), nil
}

// New makes a document of a Go value, see Build. The function may change the tree before the text is made of it.
func New(v any, adjust func(root *yaml.Node)) (*Document, error) {
	b := builder{fast.New()}
	defer b.Free()
	root, err := b.element(reflect.ValueOf(v))
	if err != nil {
		return nil, err
	}
	adjust(root)
	text, err := encode(root, false)
	return newDocument(text, root), err
}

func newDocument(text string, root *yaml.Node) *Document {
	d := &Document{text: text}
	if root != nil {
		d.column = root.Column
	}
	return d
}

// Unread is a document that is read when its tree is asked for. It begins in that column.
func Unread(text string, column int) *Document { return &Document{text: text, column: column} }

// Err is what is wrong with a document that was not read before its tree was asked for; nil as long as nothing is
// known.
func (d *Document) Err() error {
	if err := d.err.Load(); err != nil {
		return *err
	}
	return nil
}

func (d *Document) read() (tree, error) {
	t, err := read(d.text, fast.Read)
	if err != nil {
		d.err.Store(&err)
	}
	return t, err
}

// Text is the document as it came in.
func (d *Document) Text() string { return d.text }

// Column is where the document begins, from 1; 0 where it holds nothing but comments.
func (d *Document) Column() int { return d.column }

// View gives the function the root of the tree; nil where the document holds nothing but comments. The tree is for
// reading only, and without comments. Its nodes are used again for other trees after the call.
func (d *Document) View(view func(root *yaml.Node)) {
	if t, err := d.read(); err == nil {
		defer t.free()
		view(t.root)
	}
}

// Root is for callers that keep nodes: the tree lives as long as the document or one of its nodes is referenced. It is
// made once, is for reading only, and takes some twenty times the memory of the text.
func (d *Document) Root() *yaml.Node {
	d.once.Do(func() {
		if t, err := d.read(); err == nil {
			d.root = t.root
		}
	})
	return d.root
}

// Edit gives the function a draft of the document, and returns the document that the edits result in: the same one
// where nothing was edited. An error of the function is returned, and there is no document then.
func (d *Document) Edit(edit func(*Draft) error) (*Document, error) {
	return d.EditAndCheck(edit, func(*Draft) {})
}

// EditAndCheck is Edit. It also gives a draft of the document that the edits result in to another function, which may
// read it, edit it, and look at the Result of that.
func (d *Document) EditAndCheck(edit func(*Draft) error, check func(*Draft)) (*Document, error) {
	t, err := read(d.text, fast.Read) // see Draft.comment
	if err != nil {
		return nil, err
	}
	draft := &Draft{text: d.text, tree: t}
	defer draft.free()
	if err := edit(draft); err != nil {
		return nil, err
	}
	if !draft.Edited() {
		check(draft)
		return d, nil
	}
	return draft.render(check)
}
