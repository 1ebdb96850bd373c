package yamldoc

import (
	"slices"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// spellNulls returns the tree with an explicit null wherever the encoder needs one: it encodes an empty key, and an
// empty value in a flow collection ({a: }), as ”, which is a string. The given tree is unchanged.
func spellNulls(n *yaml.Node) *yaml.Node { return spellNullsIn(n, n.Style&yaml.FlowStyle != 0) }

// spellNullsIn does this in a key or a flow collection for all nulls, elsewhere for those that are in one.
func spellNullsIn(n *yaml.Node, keyOrFlow bool) *yaml.Node {
	if n.Kind == yaml.ScalarNode {
		if !keyOrFlow || !IsNull(n) || n.Value != "" {
			return n
		}
		spelled := *n
		spelled.Value = "null"
		return &spelled
	}
	content := slices.Clone(n.Content)
	for i, c := range content {
		isKey := n.Kind == yaml.MappingNode && i%2 == 0
		content[i] = spellNullsIn(c, keyOrFlow || isKey || n.Style&yaml.FlowStyle != 0)
	}
	if slices.Equal(content, n.Content) {
		return n
	}
	spelled := *n
	spelled.Content = content
	return &spelled
}

// IsNull reports whether a node is null in any spelling.
func IsNull(n *yaml.Node) bool {
	return n.Kind == yaml.ScalarNode && n.Tag != yaml.NodeTagString && n.ShortTag() == yaml.NodeTagNull
}
