package generate

import (
	"fmt"
	"path"
	"strings"
)

// share replaces repeated parts of a document: with an anchor and aliases, or with a merge key if the later mapping
// has more keys.
func share(c *Choices, root *Node) {
	s := &sharing{c: c, percent: pick(c, 30, 60, 100)}
	s.walk(root, "")
}

type sharing struct {
	c       *Choices
	percent int
	seen    []*Node
	names   int
}

func (s *sharing) walk(n *Node, key string) {
	for i, v := range n.content {
		name := key
		if n.kind == mapping {
			name = n.keys[i]
		}
		if name == "apiVersion" || name == "kind" || v.empty() || v.plain {
			continue
		}
		if first := s.earlier(v); first != nil && s.c.Chance(s.percent) {
			n.content[i] = &Node{alias: s.anchored(first, name)}
			continue
		}
		s.merge(v, name)
		s.walk(v, name)
		s.seen = append(s.seen, v)
	}
}

func (s *sharing) earlier(v *Node) *Node {
	if v.kind == scalar && len(v.text) < 6 {
		return nil
	}
	for _, e := range s.seen {
		if e.alias == nil && equal(e, v) {
			return e
		}
	}
	return nil
}

// merge removes from a mapping what an earlier one has too.
func (s *sharing) merge(v *Node, name string) {
	if v.kind != mapping || !s.c.Chance(s.percent) {
		return
	}
	for _, e := range s.seen {
		if e.kind != mapping || len(e.content) < 2 || e.get("<<") != nil || !s.contains(v, e) {
			continue
		}
		rest := &Node{kind: mapping, keys: []string{"<<"}, content: []*Node{{alias: s.anchored(e, name)}}}
		for i, key := range v.keys {
			if own := e.get(key); own == nil || !equal(own, v.content[i]) {
				rest.keys, rest.content = append(rest.keys, key), append(rest.content, v.content[i])
			}
		}
		*v = *rest
		return
	}
}

// contains reports whether v has all keys of e, most of them with the same value.
func (s *sharing) contains(v, e *Node) bool {
	same := 0
	for i, key := range e.keys {
		own := v.get(key)
		if own == nil {
			return false
		}
		if equal(own, e.content[i]) {
			same++
		}
	}
	return same > 0 && same*2 >= len(e.keys)
}

func (s *sharing) anchored(n *Node, name string) *Node {
	if n.anchor == "" {
		s.names++
		name = strings.NewReplacer(".", "-", " ", "-").Replace(path.Base(name))
		n.anchor = fmt.Sprintf("%s%d", pick(s.c, name, "a", "x-"+name), s.names)
	}
	return n
}

// withoutAnchors returns the content of a node with its aliases and merge keys expanded.
func withoutAnchors(n *Node) *Node {
	if n.alias != nil {
		return withoutAnchors(n.alias)
	}
	c := &Node{kind: n.kind, text: n.text, plain: n.plain}
	for i, v := range n.content {
		v = withoutAnchors(v)
		switch {
		case n.kind == list:
			c.content = append(c.content, v)
		case n.keys[i] == "<<":
			c.keys, c.content = append(c.keys, v.keys...), append(c.content, v.content...)
		default:
			c.set(n.keys[i], v)
		}
	}
	return c
}
