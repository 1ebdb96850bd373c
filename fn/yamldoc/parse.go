package yamldoc

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/yamldoc/fast"
)

// tree is a parsed text.
type tree struct {
	root    *yaml.Node // nil if the text has only comments
	nodes   *fast.Tree // the owner of the root; nil if the parser built it
	aliases bool       // the text has aliases or merge keys
}

func (t tree) free() { t.nodes.Free() }

// read parses a text and checks the limits. quickly is fast.Parse, or fast.Read if the tree is for reading only:
// fast.Read drops comments and is about five times as fast on a text that has some.
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

// parseFully uses the parser. A text with only comments has no root.
func parseFully(text string) (*yaml.Node, error) {
	if again, ok := jsonAsYAML(text); ok {
		text = again
	}
	dec := yaml.NewDecoder(strings.NewReader(text))
	root, err := decode(dec)
	if err != nil || root == nil {
		return nil, err
	}
	switch next, err := decode(dec); {
	case err != nil:
		return nil, fmt.Errorf("after the end of the document: %w (documents are separated by ---)", err)
	case next != nil:
		return nil, fmt.Errorf("line %d: another document begins here", next.Line)
	}
	return root, nil
}

// decode parses the next document of a stream, or returns nil.
func decode(dec *yaml.Decoder) (*yaml.Node, error) {
	var n yaml.Node
	switch err := dec.Decode(&n); {
	case errors.Is(err, io.EOF):
		return nil, nil
	case err != nil:
		return nil, parseError(err)
	case len(n.Content) == 0:
		return nil, nil
	}
	return n.Content[0], nil
}
