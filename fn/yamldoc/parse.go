package yamldoc

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/yamldoc/fast"
)

// Parse reads one document. It fails on bad syntax, on anything that follows the document's node, on a key that stands
// twice in one mapping, because tools disagree on which of the two counts, and past the limits of limits.go.
func Parse(text string) (*Document, error) { return parse(text, fast.Parse) }

// Read is Parse, some five times as fast, for reading only: where the text has comments, the tree has none.
func Read(text string) (*Document, error) { return parse(text, fast.Read) }

func parse(text string, quickly func(string) (*fast.Tree, bool)) (*Document, error) {
	d := &Document{text: text}
	if strings.TrimSpace(text) == "" {
		return d, nil
	}
	if tree, ok := quickly(text); ok {
		d.tree, d.root = tree, tree.Root
	} else {
		root, err := parseFully(text)
		if err != nil {
			return nil, err
		}
		d.root = root
	}
	c := checker{}
	if err := c.check(d.root); err != nil {
		return nil, err
	}
	d.aliases = c.aliases
	return d, nil
}

// parseFully reads a text with the parser. A text of nothing but comments has no root.
func parseFully(text string) (*yaml.Node, error) {
	dec := yaml.NewDecoder(strings.NewReader(text))
	root, err := decode(dec)
	if err != nil || root == nil {
		return nil, err
	}
	switch next, err := decode(dec); {
	case err != nil:
		return nil, fmt.Errorf("after the end of the document: %w (documents are separated by ---)", err)
	case next != nil:
		return nil, fmt.Errorf("line %d: a second document begins", next.Line)
	}
	return root, nil
}

// decode reads the next document of a stream; nil where there is none.
func decode(dec *yaml.Decoder) (*yaml.Node, error) {
	var n yaml.Node
	switch err := dec.Decode(&n); {
	case errors.Is(err, io.EOF):
		return nil, nil
	case err != nil:
		return nil, errors.New(strings.TrimPrefix(err.Error(), "yaml: "))
	case len(n.Content) == 0:
		return nil, nil
	}
	return n.Content[0], nil
}
