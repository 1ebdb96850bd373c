package yamldoc

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/yamldoc/fast"
)

// tree is what a text says.
type tree struct {
	root    *yaml.Node // nil where the text holds nothing but comments
	nodes   *fast.Tree // that the root is of; nil where the parser made it
	aliases bool       // the text has aliases or merge keys
}

func (t tree) free() { t.nodes.Free() }

// read makes the tree of a text, and holds it against the limits. Quickly is fast.Parse, or fast.Read where the tree is
// for reading only: that one is some five times as fast where the text has comments, and its tree has none.
func read(text string, quickly func(string) (*fast.Tree, bool)) (t tree, err error) {
	if strings.TrimSpace(text) == "" {
		return t, nil
	}
	if nodes, ok := quickly(text); ok {
		t.nodes, t.root = nodes, nodes.Root
	} else if t.root, err = parseFully(text); err != nil {
		return tree{}, err
	}
	c := checker{}
	if err := c.check(t.root); err != nil {
		return tree{}, err
	}
	t.aliases = c.aliases
	return t, nil
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
