package journal

import (
	"fmt"
	"slices"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/yamldoc"
)

// A conversion writes out the entries that a merge key brings in, if it edits one of them. The journal restores the
// merge key.

func isMerge(e yamldoc.Entry) bool { return e.Key != nil && yamldoc.IsMerge(e.Key) }

// mergedBy returns a mapping with only the merge key that an edit restores, or nil if it restores none.
func (c *Conversion) mergedBy(e edit) *yaml.Node {
	for _, p := range e.Put {
		if entry, err := c.parse(p.Text); err == nil && isMerge(entry) {
			return &yaml.Node{Kind: yaml.MappingNode, Content: []*yaml.Node{entry.Key, entry.Value}}
		}
	}
	return nil
}

// mergesBack reports whether the merge key of an edit brings back an entry with the same value.
func (c *Conversion) mergesBack(e edit, entry kube.Entry) bool {
	return yamldoc.Equal(yamldoc.Get(c.mergedBy(e), entry.Name), yamldoc.Get(entry.Value))
}

// checkMerge refuses a merge key that changes more than a conversion does. It is called when the other edits have been
// reverted: then the mapping has what the merge key brings in, or a revert may restore it there.
func (c *Conversion) checkMerge(f kube.Field, e edit) error {
	merge := c.mergedBy(e)
	if merge == nil {
		return nil
	}
	if !mergesMappings(merge.Content[1]) || c.countMerges(e.In) > 1 ||
		slices.ContainsFunc(keys(f.Node()), yamldoc.IsMerge) {
		return fmt.Errorf("%s: it would restore a merge key that no conversion removes", e.In)
	}
	place, _ := c.place(e.In)
	for key, v := range yamldoc.Entries(merge) {
		if yamldoc.Equal(yamldoc.Get(f.Node(), key), yamldoc.Get(v)) {
			continue
		}
		ok, _ := allowed(place, c.role, func(r row) entries { return r.put }, key)
		if ok == nil || !ok(c, value{key, e.In, v}) {
			return fmt.Errorf("it would merge %q into %s, but its value is not one that a conversion removes", key, e.In)
		}
	}
	return nil
}

// countMerges counts the merge keys that the journal restores in a place.
func (c *Conversion) countMerges(in string) (n int) {
	for _, e := range c.j.Edits {
		for i := 0; e.In == in && i < len(e.Put); i++ {
			if entry, err := c.parse(e.Put[i].Text); err == nil && isMerge(entry) {
				n++
			}
		}
	}
	return n
}

// mergesMappings reports whether the value of a merge key is a mapping or a list of mappings.
func mergesMappings(v *yaml.Node) bool {
	isMapping := func(n *yaml.Node) bool {
		n = yamldoc.Target(n)
		return n != nil && n.Kind == yaml.MappingNode
	}
	if list := yamldoc.Target(v); list != nil && list.Kind == yaml.SequenceNode {
		return !slices.ContainsFunc(list.Content, func(n *yaml.Node) bool { return !isMapping(n) })
	}
	return isMapping(v)
}

// keys returns the keys of a mapping as they are written.
func keys(m *yaml.Node) []*yaml.Node {
	var all []*yaml.Node
	for i := 0; m.Kind == yaml.MappingNode && i < len(m.Content); i += 2 {
		all = append(all, m.Content[i])
	}
	return all
}
