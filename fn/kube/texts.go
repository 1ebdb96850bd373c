package kube

import (
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/yamldoc"
)

// Texts are the texts of several lines in an object of no known kind that hold no pod: configuration of programs.
func (o *Object) Texts() []Field {
	if len(o.locations()) > 0 || !o.isSearched() {
		return nil
	}
	return o.Root().texts(map[*yaml.Node]bool{})
}

func (f Field) texts(seen map[*yaml.Node]bool) []Field {
	if f.node == nil || seen[f.node] {
		return nil
	}
	seen[f.node] = true
	var found []Field
	switch f.node.Kind {
	case yaml.MappingNode:
		for key, v := range f.Values() {
			if key != lastApplied {
				found = append(found, v.texts(seen)...)
			}
		}
	case yaml.SequenceNode:
		for _, e := range f.Items() {
			found = append(found, e.texts(seen)...)
		}
	case yaml.ScalarNode:
		if strings.Contains(f.node.Value, "\n") && len(f.podLike(map[*yaml.Node]bool{})) == 0 {
			found = append(found, f)
		}
	}
	return found
}

// Line is a line of a text, from 1. It is for looking at.
func (f Field) Line(n int) Field {
	line := yamldoc.Str("")
	line.Line = f.node.Line
	if f.node.Style&yaml.LiteralStyle != 0 {
		line.Line += n
	}
	return Field{obj: f.obj, node: line, parent: &f, at: inText}
}
