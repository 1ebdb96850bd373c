package kube

import (
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/yamldoc"
)

// Texts returns the multi-line texts in an object of an unknown kind that hold no pod: configuration of programs.
func (o *Object) Texts() (found []Field) {
	if len(o.locations()) > 0 || !o.isSearched() {
		return nil
	}
	o.Root().eachScalar(map[*yaml.Node]bool{}, func(f Field) {
		if f.key != lastApplied && strings.Contains(f.node.Value, "\n") && len(f.podLike(map[*yaml.Node]bool{})) == 0 {
			found = append(found, f)
		}
	})
	return found
}

// Line returns a 1-based line of a text. It is for reading only.
func (f Field) Line(n int) Field {
	line := yamldoc.Str("")
	line.Line = f.node.Line
	if f.node.Style&yaml.LiteralStyle != 0 {
		line.Line += n
	}
	return Field{obj: f.obj, node: line, parent: &f, at: inText}
}
