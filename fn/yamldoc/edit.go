package yamldoc

import (
	"slices"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// Set sets a key of a mapping. A new key is added at the end.
func (d *Draft) Set(m *yaml.Node, key string, v *yaml.Node) {
	d.touch(m)
	if i := index(m, key); i >= 0 {
		m.Content[i+1] = v
		return
	}
	m.Content = append(m.Content, d.builder().str(key), v)
}

// SetText is Set for a string.
func (d *Draft) SetText(m *yaml.Node, key, text string) { d.Set(m, key, d.builder().str(text)) }

// Delete removes a key and its value from a mapping.
func (d *Draft) Delete(m *yaml.Node, key string) {
	d.touch(m)
	if i := index(m, key); i >= 0 {
		m.Content = slices.Delete(slices.Clone(m.Content), i, i+2)
	}
}

// Insert inserts an element into a sequence before the given index, or at the end if there is no such index.
func (d *Draft) Insert(seq *yaml.Node, at int, v *yaml.Node) {
	d.touch(seq)
	seq.Content = slices.Insert(slices.Clone(seq.Content), min(max(at, 0), len(seq.Content)), v)
}

// Remove removes an element from a sequence.
func (d *Draft) Remove(seq, v *yaml.Node) {
	d.touch(seq)
	if i := slices.Index(seq.Content, v); i >= 0 {
		seq.Content = slices.Delete(slices.Clone(seq.Content), i, i+1)
	}
}

// KeepComments keeps the comments above an entry when it is removed; by default they are removed with it. The entry
// is given by its key's node, or by its own node in a sequence.
func (d *Draft) KeepComments(entry *yaml.Node) {
	if d.bare == nil {
		d.bare = map[*yaml.Node]bool{}
	}
	d.bare[entry] = true
}

// Original returns the parsed content of a collection, without later edits.
func (d *Draft) Original(n *yaml.Node) []*yaml.Node {
	if was, ok := d.before[n]; ok {
		return was
	}
	return n.Content
}

func (d *Draft) touch(n *yaml.Node) {
	if d.before == nil {
		d.before = map[*yaml.Node][]*yaml.Node{}
	}
	if _, ok := d.before[n]; !ok {
		d.before[n] = slices.Clone(n.Content)
	}
	if len(d.before[n]) == 0 {
		n.Style &^= yaml.FlowStyle // [] and {} are written in flow style only because they are empty
	}
}
