package yamldoc

import (
	"slices"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// An expansion is one alias or merge key that was written out.
type expansion struct {
	parent  *yaml.Node
	alias   *yaml.Node   // the alias; of a merge key its value
	key     *yaml.Node   // the merge key
	at      int          // of the merge key
	copies  []*yaml.Node // what stands in its place: a value, or the merged keys and values
	sources []*yaml.Node // what the copies were made from
}

// Expand writes out every alias and merge key, so that an edit in one place is not an edit in others. The function
// it returns goes back to the aliases whose copies are still the same as what they stand for.
func (d *Document) Expand() (collapse func(), err error) {
	if d.Edit(); !d.aliases {
		return func() {}, nil
	}
	x := &expander{d: d}
	x.walk(d.root)
	return x.collapse, nil
}

type expander struct {
	d      *Document
	copied int
	all    []expansion
}

func (x *expander) walk(n *yaml.Node) {
	if n == nil || n.Kind == yaml.AliasNode {
		return
	}
	for i := 0; i < len(n.Content); i++ {
		c := n.Content[i]
		if n.Kind == yaml.MappingNode && i%2 == 0 && isMerge(c) {
			continue
		}
		if c.Kind == yaml.AliasNode {
			x.d.touch(n)
			cp := x.copy(c)
			n.Content = slices.Clone(n.Content)
			n.Content[i] = cp
			x.all = append(x.all, expansion{parent: n, alias: c, copies: []*yaml.Node{cp}, sources: []*yaml.Node{c.Alias}})
			continue
		}
		x.walk(c)
	}
	if n.Kind == yaml.MappingNode {
		x.merge(n)
	}
}

// merge writes out the merge key of a mapping, if it has one.
func (x *expander) merge(m *yaml.Node) {
	at := slices.IndexFunc(m.Content, func(k *yaml.Node) bool { return isMerge(k) })
	if at < 0 || at%2 != 0 {
		return
	}
	x.d.touch(m)
	e := expansion{parent: m, key: m.Content[at], alias: m.Content[at+1], at: at}
	m.Content = slices.Delete(slices.Clone(m.Content), at, at+2)
	for _, from := range merged(e.alias) {
		for _, key := range Keys(from) {
			if v := child(from, key); index(m, key) < 0 && v != nil {
				k, cp := Str(key), x.copy(v)
				m.Content = append(m.Content, k, cp)
				e.copies, e.sources = append(e.copies, cp), append(e.sources, v)
			}
		}
	}
	x.all = append(x.all, e)
}

func (x *expander) copy(n *yaml.Node) *yaml.Node {
	n = Target(n)
	x.copied++
	cp := *n
	cp.Anchor, cp.Line, cp.Column, cp.Content = "", 0, 0, nil
	if x.copied > maxCopies {
		return &cp
	}
	if n.Kind != yaml.MappingNode {
		for _, c := range n.Content {
			cp.Content = append(cp.Content, x.copy(c))
		}
		return &cp
	}
	for _, key := range Keys(n) {
		cp.Content = append(cp.Content, Str(key), x.copy(child(n, key)))
	}
	return &cp
}

// collapse puts aliases back, the last one first, so that nested ones find their parents as they were.
func (x *expander) collapse() {
	reachable := map[*yaml.Node]bool{}
	x.reach(x.d.root, reachable)
	for _, e := range slices.Backward(x.all) {
		if !e.same(reachable) {
			continue
		}
		if e.key != nil {
			e.restoreMerge()
		} else if i := slices.Index(e.parent.Content, e.copies[0]); i >= 0 {
			e.parent.Content = slices.Clone(e.parent.Content)
			e.parent.Content[i] = e.alias
		}
	}
}

// same says whether every copy is still there, and still says what its source says.
func (e expansion) same(reachable map[*yaml.Node]bool) bool {
	for i, cp := range e.copies {
		if !slices.Contains(e.parent.Content, cp) || !reachable[Target(e.sources[i])] || !sameValue(cp, e.sources[i]) {
			return false
		}
	}
	return true
}

func (e expansion) restoreMerge() {
	var content []*yaml.Node
	for i := 0; i < len(e.parent.Content); i += 2 {
		if !slices.Contains(e.copies, e.parent.Content[i+1]) {
			content = append(content, e.parent.Content[i], e.parent.Content[i+1])
		}
	}
	e.parent.Content = slices.Insert(content, min(e.at, len(content)), e.key, e.alias)
}

func (x *expander) reach(n *yaml.Node, seen map[*yaml.Node]bool) {
	if n == nil || n.Kind == yaml.AliasNode {
		return
	}
	seen[n] = true
	for _, c := range n.Content {
		x.reach(c, seen)
	}
}

// sameValue compares what two trees say once their aliases and merge keys are written out.
func sameValue(a, b *yaml.Node) bool {
	a, b = Target(a), Target(b)
	if a == nil || b == nil || a.Kind != b.Kind {
		return false
	}
	switch a.Kind {
	case yaml.MappingNode:
		keys := Keys(a)
		if !slices.Equal(keys, Keys(b)) {
			return false
		}
		return !slices.ContainsFunc(keys, func(k string) bool { return !sameValue(child(a, k), child(b, k)) })
	case yaml.SequenceNode:
		return slices.EqualFunc(a.Content, b.Content, sameValue)
	}
	return a.Value == b.Value && a.ShortTag() == b.ShortTag()
}
