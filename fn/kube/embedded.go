package kube

import (
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/limits"
	"github.com/boxp/dindify/fn/yamldoc"
)

// embedded returns the documents in a text that may hold a pod with a path on the node, such as a manifest or Jenkins'
// configuration in a ConfigMap.
func (f Field) embedded() []Field {
	if !strings.Contains(f.node.Value, "hostPath") {
		return nil
	}
	return f.documents()
}

// documents returns those in a text that is YAML itself. They are for reading: an edit would not reach the text.
func (f Field) documents() []Field {
	if f.textDepth() >= limits.TextDepth {
		return nil
	}
	var found []Field
	for _, root := range yamldoc.ReadAll(f.node.Value) {
		if root.Kind == yaml.ScalarNode {
			continue // plain words: parsing them again would never end
		}
		if f.node.Style&yaml.LiteralStyle != 0 {
			shift(root, f.node.Line) // a literal text begins on the line after its key
		} else {
			putOn(root, f.node.Line) // the lines of a quoted or folded text are not those of the document
		}
		found = append(found, Field{obj: f.obj, node: root, parent: &f, at: inText})
	}
	return found
}

// textDepth returns how many texts the field is nested in.
func (f Field) textDepth() (depth int) {
	for at := &f; at != nil; at = at.parent {
		if at.at == inText && at.parent != nil {
			depth++
		}
	}
	return depth
}

// shift moves the lines of a tree down.
func shift(n *yaml.Node, lines int) {
	n.Line += lines
	for _, c := range n.Content {
		shift(c, lines)
	}
}

// putOn moves a tree to one line.
func putOn(n *yaml.Node, line int) {
	n.Line = line
	for _, c := range n.Content {
		putOn(c, line)
	}
}
