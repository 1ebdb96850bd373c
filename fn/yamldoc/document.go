// Package yamldoc holds one YAML document as text and as a tree, and carries edits of the tree back into the text.
//
// An encoder would reformat what it prints: blank lines, quotes, indentation, anchors. A document instead keeps its
// lines, and replaces only those that an edited entry stands on. When the lines cannot be told apart (flow style, tabs,
// exotic line breaks), or the text that comes out does not read back as the edited tree, the entry or, at worst, the
// whole document is encoded by kyaml instead: the formatting may then change, the meaning never.
//
// The package knows nothing of Kubernetes.
package yamldoc

import (
	"errors"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/yamldoc/fast"
)

// Document is one YAML document.
type Document struct {
	text string
	root *yaml.Node
	tree *fast.Tree // that the root is of; nil where the parser made it

	built *fast.Tree // of nodes that were made, where there is no such tree

	layout *layout // see measure; nil until it is asked for

	before   map[*yaml.Node][]*yaml.Node // the content of every edited collection, as it was parsed
	verbatim map[*yaml.Node]string       // the text of an entry that was given as text, by its (key) node
	whole    string                      // see PrintAs
	bare     map[*yaml.Node]bool         // entries whose comments stay when they go
	aliases  bool                        // the text has aliases or merge keys

	released bool // see Release
	column   int  // of the root that was let go
}

// Draft is a document of a Go value, see Build. It has no text until it is written.
func Draft(v any) (d *Document, err error) {
	d = &Document{}
	d.root, err = d.Build(v)
	return d, err
}

// Write gives a draft its text.
func (d *Document) Write() (err error) {
	d.text, err = encode(d.root, false)
	return err
}

// Root is the top of the tree; nil where the document holds nothing but comments.
func (d *Document) Root() *yaml.Node {
	if d.released {
		d.again(Read)
	}
	return d.root
}

// Edit is Root for who is going to edit. Nodes that Root has given out before are not of this tree.
func (d *Document) Edit() *yaml.Node {
	if d.released || d.tree != nil && d.tree.Commented {
		d.again(Parse)
	}
	return d.root
}

// again reads the text once more, which was read before.
func (d *Document) again(read func(string) (*Document, error)) {
	if again, err := read(d.text); err == nil {
		*d = *again
	}
}

// Release lets go of the tree, which takes some twenty times the memory of the text. Whoever asks for the root gets a
// new one; nodes of the old one are of no use any more.
func (d *Document) Release() {
	tree, built := d.tree, d.built
	*d = Document{text: d.text, column: d.Column(), released: true}
	tree.Free()
	built.Free()
}

// Column is where the document begins, from 1; 0 where it holds nothing but comments.
func (d *Document) Column() int {
	switch {
	case d.released:
		return d.column
	case d.root == nil:
		return 0
	}
	return d.root.Column
}

// Text is the document as it came in. Edits show only in what Render returns.
func (d *Document) Text() string { return d.text }

// Edited says whether anything was changed since the document was parsed.
func (d *Document) Edited() bool {
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

// ErrUnreadable is returned where an edited document does not read back as what it was edited to: a defect of this
// package, found before anybody sees the text.
var ErrUnreadable = errors.New("the edited document does not read back as it was meant")

// PrintAs gives an edited document the text that it is printed as, if that says what the tree says.
func (d *Document) PrintAs(text string) { d.whole = text }

// Render returns the document with its edits carried out, read again from the text that they result in.
func (d *Document) Render() (*Document, error) {
	if !d.Edited() {
		return d, nil
	}
	if next := d.reread(d.whole); next != nil {
		return next, nil
	}
	if next := d.reread(d.splice()); next != nil {
		return next, nil
	}
	text, err := d.encode()
	if err != nil {
		return nil, err
	}
	if next := d.reread(text); next != nil {
		return next, nil
	}
	return nil, ErrUnreadable
}

// reread parses the text, and returns nil unless it says what the tree says.
func (d *Document) reread(text string) *Document {
	if text == "" {
		return nil
	}
	next, err := Read(text)
	if err != nil || !Equal(next.root, d.root) {
		return nil
	}
	return next
}

// lineEnd is what inserted lines end in besides "\n".
func (d *Document) lineEnd() string {
	if i := strings.IndexByte(d.text, '\n'); i > 0 && d.text[i-1] == '\r' {
		return "\r"
	}
	return ""
}
