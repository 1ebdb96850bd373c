package kube

import (
	"strconv"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/yamldoc"
)

// Entry is an entry of a list or mapping.
type Entry struct {
	At    int    // index among the entries
	Name  string // the key in a mapping; in a list the value of the list's key, or the scalar itself, or the index
	Value *yaml.Node
}

// Entries returns the entries of the list or mapping.
func (f Field) Entries() []Entry {
	if f.node == nil || f.node.Kind == yaml.ScalarNode {
		return nil
	}
	k := step(f.node)
	all := make([]Entry, 0, len(f.node.Content)/k)
	for i := 0; i+k <= len(f.node.Content); i += k {
		e := yamldoc.Entry{At: i / k, Value: f.node.Content[i+k-1]}
		if k == 2 {
			e.Key = f.node.Content[i]
		}
		all = append(all, Entry{e.At, EntryName(f.key, e), e.Value})
	}
	return all
}

// EntryName returns the name of an entry; list is the name of the list.
func EntryName(list string, e yamldoc.Entry) string {
	if e.Key != nil {
		return e.Key.Value
	}
	if v := yamldoc.Target(e.Value); v.Kind == yaml.ScalarNode {
		return v.Value
	}
	if key := listKeys[list]; key != "" {
		return yamldoc.Text(e.Value, key)
	}
	return strconv.Itoa(e.At)
}
