package yamldoc

import (
	"errors"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/yamldoc/fast"
)

// Draft is a document while Document.Edit runs: its tree, and what was edited in it. The tree is
// changed by the methods of a draft only. Its nodes are used again for other trees after Edit.
type Draft struct {
	text string
	tree

	built *fast.Tree // of nodes that were made, where the tree is the parser's

	layout *layout // see measure; nil until it is asked for

	before   map[*yaml.Node][]*yaml.Node // the content of every edited collection, as it was parsed
	verbatim map[*yaml.Node]string       // the text of an entry that was given as text, by its (key) node
	restored []restored                  // entries without their comments, see comment
	whole    string                      // see PrintAs
	bare     map[*yaml.Node]bool         // entries whose comments stay when they go
}

func (d *Draft) free() {
	d.tree.free()
	d.built.Free()
}

// Root is the top of the tree; nil where the document holds nothing but comments.
func (d *Draft) Root() *yaml.Node { return d.root }

// Text is the document as it was before any edit.
func (d *Draft) Text() string { return d.text }

// Edited says whether anything was changed.
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

// ErrUnreadable is returned where an edited document does not read back as what it was edited to: a defect of this
// package, found before the text is used.
var ErrUnreadable = errors.New("the edited document does not read back as it was meant")

// PrintAs gives an edited document the text that it is printed as, if that says what the tree says.
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
		if next := d.reread(text, check); next != nil {
			return next, nil
		}
	}
	return nil, ErrUnreadable
}

// reread parses a text, and returns nil unless it says what the tree says.
func (d *Draft) reread(text string, check func(*Draft)) (next *Document) {
	if text == "" {
		return nil
	}
	t, err := read(text, fast.Read)
	if err != nil {
		return nil
	}
	again := &Draft{text: text, tree: t}
	defer again.free()
	if !Equal(t.root, d.root) {
		return nil
	}
	next = newDocument(text, t.root)
	check(again)
	return next
}

// lineEnd is what inserted lines end in besides "\n".
func (d *Draft) lineEnd() string {
	if i := strings.IndexByte(d.text, '\n'); i > 0 && d.text[i-1] == '\r' {
		return "\r"
	}
	return ""
}
