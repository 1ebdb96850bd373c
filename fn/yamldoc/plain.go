package yamldoc

import (
	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/yamldoc/fast"
)

// Plain encodes the document as kyaml does, in block style and without anchors and aliases.
func (d *Document) Plain() (string, error) {
	text := d.Text()
	t, err := read(text, fast.Parse)
	if err != nil || t.root == nil {
		return "", err
	}
	draft := &Draft{text: text, tree: t}
	defer draft.free()
	draft.Expand()
	unflow(t.root)
	plain, err := yaml.MarshalWithOptions(t.root, &yaml.EncoderOptions{SeqIndent: yaml.CompactSequenceStyle})
	return string(plain), err
}

// unflow converts flow style to block style, removes JSON quotes from the top-level keys, and removes the anchors,
// which are unused by then.
func unflow(root *yaml.Node) {
	for i := 0; i < len(root.Content) && root.Kind == yaml.MappingNode; i += 2 {
		root.Content[i].Style = 0
	}
	unflowBelow(root)
}

func unflowBelow(n *yaml.Node) {
	n.Anchor = ""
	if len(n.Content) > 0 {
		n.Style &^= yaml.FlowStyle
	}
	for _, c := range n.Content {
		unflowBelow(c)
	}
}
