package yamldoc

import (
	"errors"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/yamldoc/fast"
)

// Draft is a document during Document.Edit: its tree and the edits so far. Only the methods of a draft change the
// tree. Its nodes are reused after Edit.
type Draft struct {
	text string
	tree

	built  *fast.Tree // of created nodes, if the parser built the tree
	origin *Draft     // of the text whose edits result in this one, without these edits; nil if there is none

	layout    *layout // see measure; nil until needed
	commented bool    // see comment
	json      *bool   // see isJSON; nil until needed

	before   map[*yaml.Node][]*yaml.Node // the parsed content of every edited collection
	verbatim map[*yaml.Node]string       // the text of an entry that was given as text, by its (key) node
	restored []restored                  // entries without their comments, see comment
	whole    string                      // see PrintAs
	bare     map[*yaml.Node]bool         // entries whose comments stay when they are removed
	anchored map[string][]*yaml.Node     // see Anchored; nil until needed
}

func (d *Draft) free() {
	d.tree.free()
	d.built.Free()
}

// Root returns the root of the tree, or nil if the document has only comments.
func (d *Draft) Root() *yaml.Node { return d.root }

// Text returns the document's text before any edit.
func (d *Draft) Text() string { return d.text }

// Edited reports whether anything was changed.
func (d *Draft) Edited() bool {
	for n, was := range d.before {
		if len(n.Content) != len(was) {
			return true
		}
		for i := range was {
			if n.Content[i] != was[i] {
				return true
			}
		}
	}
	return false
}

// ErrUnreadable is returned if an edited document does not parse as the edited tree. This is a bug in this package;
// the text is not used.
var ErrUnreadable = errors.New("the edited document does not parse as the edited tree")

// PrintAs sets the text of the whole document, which is used if it equals the tree.
func (d *Draft) PrintAs(text string) { d.whole = text }

// Result is the text that the edits result in.
func (d *Draft) Result() (string, error) {
	if !d.Edited() {
		return d.text, nil
	}
	next, err := d.render(func(*Draft) {})
	if err != nil {
		return "", err
	}
	return next.text, nil
}

// undo discards the edits.
func (d *Draft) undo() {
	for n, was := range d.before {
		n.Content = was
	}
	*d = Draft{text: d.text, tree: d.tree, built: d.built, origin: d.origin, commented: d.commented, json: d.json}
}

// render makes the text of the tree as it is now: that of PrintAs, or the old one with the lines of the edited entries
// replaced, or else the encoder's. The function is given a draft of it.
func (d *Draft) render(check func(*Draft)) (*Document, error) {
	for _, make := range []func() (string, error){
		func() (string, error) { return d.whole, nil },
		func() (string, error) { return d.splice(), nil },
		d.encode,
	} {
		text, err := make()
		if err != nil {
			return nil, err
		}
		if next, err := d.reread(text, check); next != nil || err != nil {
			return next, err
		}
	}
	return nil, ErrUnreadable
}

// reread parses a text, unless it is the origin's, and returns nil unless it equals the tree. It fails if other parsers
// read another tree.
func (d *Draft) reread(text string, check func(*Draft)) (next *Document, err error) {
	if text == "" {
		return nil, nil
	}
	again := d.origin
	if again == nil || text != again.text {
		t, err := read(text, fast.Read)
		if err != nil {
			return nil, nil
		}
		again = &Draft{text: text, tree: t}
		defer again.free()
	}
	if !Equal(again.root, d.root) {
		return nil, nil
	}
	if err := mergeOrder(text, again.root); err != nil {
		return nil, err
	}
	next = newDocument(text, again.root)
	check(again)
	return next, nil
}

// lineEnd returns what precedes "\n" at the end of inserted lines.
func (d *Draft) lineEnd() string {
	if i := strings.IndexByte(d.text, '\n'); i > 0 && d.text[i-1] == '\r' {
		return "\r"
	}
	return ""
}
