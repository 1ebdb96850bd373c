package yamldoc

import (
	"fmt"
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// MergeOrderError is the error for a merge key that stands after a key that it brings in with another value. The parser
// of kubectl (go-yaml v2) takes the value of the merge key then, those of kustomize and of this package the other one.
type MergeOrderError struct {
	Line int
	Key  string
}

func (e *MergeOrderError) Error() string {
	return fmt.Sprintf("line %d of the document: %s; write the merge key first", e.Line, e.Cause())
}

// Cause is the error without the line and the advice.
func (e *MergeOrderError) Cause() string {
	return fmt.Sprintf("the merge key brings in %q, which stands before it with another value: kubectl takes one of the "+
		"two, kustomize the other", e.Key)
}

// mergeOrder returns a MergeOrderError if the tree of a text has such a merge key.
func mergeOrder(text string, root *yaml.Node) error {
	if root != nil && strings.Contains(text, "<<") {
		if e := MergeOrder(root); e != nil {
			return e
		}
	}
	return nil
}

// MergeOrder returns the error of the first such merge key in a tree, or nil.
func MergeOrder(n *yaml.Node) *MergeOrderError {
	if n.Kind == yaml.MappingNode {
		if e := mergeOrderIn(n); e != nil {
			return e
		}
	}
	for _, c := range n.Content {
		if e := MergeOrder(c); e != nil {
			return e
		}
	}
	return nil
}

// mergeOrderIn checks one mapping.
func mergeOrderIn(m *yaml.Node) *MergeOrderError {
	if !slices.ContainsFunc(m.Content, IsMerge) {
		return nil
	}
	given := map[string]*yaml.Node{}
	for i := 0; i < len(m.Content); i += 2 {
		key := m.Content[i]
		if !IsMerge(key) {
			given[key.Value] = m.Content[i+1]
			continue
		}
		for name, v := range Entries(&yaml.Node{Kind: yaml.MappingNode, Content: m.Content[i : i+2]}) {
			if before := given[name]; before != nil && !Equal(before, v) {
				return &MergeOrderError{key.Line, name}
			}
			given[name] = v
		}
	}
	return nil
}
