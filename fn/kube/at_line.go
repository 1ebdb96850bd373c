package kube

import (
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// FieldWith finds the scalar of an object that contains a text and stands on a line of the object's document, from 1; or, where
// a scalar goes over several lines, the last one that begins at or above it. ok is false where there is none: comments and keys
// are no scalars.
func (o *Object) FieldWith(text string, line int) (found Field, ok bool) {
	o.Root().eachScalar(map[*yaml.Node]bool{}, func(f Field) {
		if f.node.Line <= line && strings.Contains(f.node.Value, text) && (!ok || f.node.Line >= found.node.Line) {
			found, ok = f, true
		}
	})
	return found, ok
}

// LastLine is the last line of the field in its document, from 1; 0 where nothing stands there. Of a block scalar it is the line
// that opens it.
func (f Field) LastLine() (line int) {
	f.eachScalar(map[*yaml.Node]bool{}, func(s Field) { line = max(line, s.node.Line) })
	return line
}

func (f Field) eachScalar(seen map[*yaml.Node]bool, yield func(Field)) {
	if f.node == nil || seen[f.node] {
		return
	}
	seen[f.node] = true
	switch f.node.Kind {
	case yaml.ScalarNode:
		yield(f)
	case yaml.MappingNode:
		for _, key := range f.Keys() {
			f.Get(key).eachScalar(seen, yield)
		}
	case yaml.SequenceNode:
		for _, e := range f.Items() {
			e.eachScalar(seen, yield)
		}
	}
}
