package kube

import (
	"bytes"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// embedded are the documents in a text that is YAML itself, such as a manifest or Jenkins' configuration in a ConfigMap.
// They are for looking at: an edit in them would not reach the text.
func (f Field) embedded() []Field {
	if !strings.Contains(f.node.Value, "hostPath") {
		return nil
	}
	var found []Field
	decoder := yaml.NewDecoder(bytes.NewBufferString(f.node.Value))
	for {
		var n yaml.Node
		if err := decoder.Decode(&n); err != nil || len(n.Content) == 0 {
			return found // the end, or no YAML from here on
		}
		root := n.Content[0]
		if root.Kind == yaml.ScalarNode {
			continue // plain words: looking into them would never end
		}
		if f.node.Style&yaml.LiteralStyle != 0 {
			shift(root, f.node.Line) // a literal text begins in the line after its key
		}
		found = append(found, Field{obj: f.obj, node: root, parent: &f, at: inText})
	}
}

// shift moves the lines of a tree down.
func shift(n *yaml.Node, lines int) {
	n.Line += lines
	for _, c := range n.Content {
		shift(c, lines)
	}
}
