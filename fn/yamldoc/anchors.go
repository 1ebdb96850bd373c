package yamldoc

import (
	"slices"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/steps"
)

// An expansion is one alias or merge key that was expanded.
type expansion struct {
	parent  *yaml.Node
	alias   *yaml.Node   // the alias, or the value of a merge key
	key     *yaml.Node   // the merge key
	at      int          // of the merge key
	copies  []*yaml.Node // the replacement: a value, or the merged keys and values
	sources []*yaml.Node // the source of the copies
}

// Expand expands every alias and merge key, so that an edit in one place does not change others. The returned
// function restores the aliases whose copies still equal their source. Parse has limited the number of copies.
func (d *Draft) Expand() (collapse func()) {
	if !d.aliases {
		return func() {}
	}
	x := &expander{d: d}
	x.walk(d.root)
	return x.collapse
}

// HasAliases reports whether the document has aliases or merge keys.
func (d *Draft) HasAliases() bool { return d.aliases }

// Anchored returns the nodes with an anchor: those of the parsed document, and those of restored entries.
func (d *Draft) Anchored(name string) []*yaml.Node {
	if d.anchored == nil {
		d.anchored = map[string][]*yaml.Node{}
		TakeAnchors(d.root, d.anchored)
	}
	return d.anchored[name]
}

// TakeAnchors adds the nodes of a tree that have an anchor, by its name.
func TakeAnchors(n *yaml.Node, to map[string][]*yaml.Node) {
	if n == nil {
		return
	}
	steps.Count(1)
	if n.Anchor != "" {
		to[n.Anchor] = append(to[n.Anchor], n)
	}
	for _, c := range n.Content {
		TakeAnchors(c, to)
	}
}

type expander struct {
	d   *Draft
	all []expansion

	places map[*yaml.Node]places // of the content of parents, while collapsing
}

func (x *expander) walk(n *yaml.Node) {
	if n == nil || n.Kind == yaml.AliasNode {
		return
	}
	copied := false
	for i := 0; i < len(n.Content); i++ {
		c := n.Content[i]
		switch {
		case n.Kind == yaml.MappingNode && i%2 == 0 && IsMerge(c):
			i++ // see merge
		case c.Kind != yaml.AliasNode:
			x.walk(c)
		default:
			if !copied {
				x.d.touch(n)
				n.Content, copied = slices.Clone(n.Content), true
			}
			n.Content[i] = written(c)
			x.all = append(x.all, expansion{
				parent: n, alias: c, copies: []*yaml.Node{n.Content[i]},
				sources: []*yaml.Node{c.Alias},
			})
		}
	}
	if n.Kind == yaml.MappingNode {
		x.merge(n)
	}
}

// merge expands the merge key of a mapping, if there is one.
func (x *expander) merge(m *yaml.Node) {
	at := slices.IndexFunc(m.Content, IsMerge)
	if at < 0 || at%2 != 0 {
		return
	}
	x.d.touch(m)
	e := expansion{parent: m, key: m.Content[at], alias: m.Content[at+1], at: at}
	m.Content = slices.Delete(slices.Clone(m.Content), at, at+2)
	own := map[string]bool{}
	for i := 0; i < len(m.Content); i += 2 {
		own[m.Content[i].Value] = true
	}
	for _, from := range merged(e.alias) {
		for key, v := range Entries(from) {
			if own[key] {
				continue
			}
			own[key] = true
			cp := written(v)
			m.Content = append(m.Content, Str(key), cp)
			e.copies, e.sources = append(e.copies, cp), append(e.sources, v)
		}
	}
	x.all = append(x.all, e)
}

// written returns a copy of a tree with its aliases and merge keys expanded.
func written(n *yaml.Node) *yaml.Node {
	n = Target(n)
	cp := *n
	cp.Anchor, cp.Line, cp.Column, cp.Content = "", 0, 0, nil
	if n.Kind == yaml.MappingNode {
		for key, v := range Entries(n) {
			cp.Content = append(cp.Content, Str(key), written(v))
		}
		return &cp
	}
	for _, c := range n.Content {
		cp.Content = append(cp.Content, written(c))
	}
	return &cp
}

// collapse restores aliases, the last one first, so that nested ones find their parents unchanged.
func (x *expander) collapse() {
	reachable := map[*yaml.Node]bool{}
	reach(x.d.root, reachable)
	x.places = map[*yaml.Node]places{}
	for _, e := range slices.Backward(x.all) {
		content, known := x.places[e.parent]
		if !known {
			e.parent.Content = slices.Clone(e.parent.Content)
			content = placesOf(e.parent.Content)
			x.places[e.parent] = content
		}
		switch {
		case !e.same(content, reachable) || e.key != nil && e.bringsMore():
		case e.key != nil:
			e.restoreMerge()
			delete(x.places, e.parent) // other entries have moved
		default:
			e.parent.Content[content.index(e.copies[0])] = e.alias
		}
	}
}

// same reports whether every copy is still in place and still equals its source.
func (e expansion) same(content places, reachable map[*yaml.Node]bool) bool {
	for i, cp := range e.copies {
		if !content.has(cp) || !reachable[Target(e.sources[i])] || !Equal(cp, e.sources[i]) {
			return false
		}
	}
	return true
}

// bringsMore reports whether the merge key would bring in an entry that was added to its source.
func (e expansion) bringsMore() bool {
	own := map[string]bool{}
	for key := range Entries(e.parent) {
		own[key] = true
	}
	for _, from := range merged(e.alias) {
		for key := range Entries(from) {
			if !own[key] {
				return true
			}
		}
	}
	return false
}

func (e expansion) restoreMerge() {
	var content []*yaml.Node
	copies := placesOf(e.copies)
	for i := 0; i < len(e.parent.Content); i += 2 {
		if !copies.has(e.parent.Content[i+1]) {
			content = append(content, e.parent.Content[i], e.parent.Content[i+1])
		}
	}
	e.parent.Content = slices.Insert(content, min(e.at, len(content)), e.key, e.alias)
}

func reach(n *yaml.Node, seen map[*yaml.Node]bool) {
	if n == nil || n.Kind == yaml.AliasNode {
		return
	}
	seen[n] = true
	for _, c := range n.Content {
		reach(c, seen)
	}
}
