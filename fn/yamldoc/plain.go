package yamldoc

import (
	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/yamldoc/fast"
)

// Plain prints the document as kyaml does, without braces, brackets, anchors and aliases.
func (d *Document) Plain() (string, error) {
	t, err := read(d.text, fast.Parse)
	if err != nil || t.root == nil {
		return "", err
	}
	draft := &Draft{text: d.text, tree: t}
	defer draft.free()
	draft.Expand()
	unflow(t.root)
	text, err := yaml.MarshalWithOptions(t.root, &yaml.EncoderOptions{SeqIndent: yaml.CompactSequenceStyle})
	return string(text), err
}

// unflow turns braces and brackets into lines, takes the quotes of JSON off the topmost keys, and drops the anchors, to
// which nothing refers any more.
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
