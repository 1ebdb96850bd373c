package generate

import (
	"fmt"
	"reflect"
	"slices"
)

type kind int

const (
	scalar kind = iota
	mapping
	list
)

// Node is a value of a manifest before it is printed.
type Node struct {
	kind    kind
	text    string   // of a scalar
	plain   bool     // a scalar printed as it is: a number, true, null
	keys    []string // of a mapping
	content []*Node  // values of the keys, or items of the list
	anchor  string
	alias   *Node // printed as *anchor
}

// obj returns a mapping of alternating keys and values. A nil value omits its key.
func obj(pairs ...any) *Node {
	n := &Node{kind: mapping}
	for i := 0; i < len(pairs); i += 2 {
		n.set(pairs[i].(string), node(pairs[i+1]))
	}
	return n
}

// seq returns a list. Nil items are omitted.
func seq(items ...any) *Node {
	n := &Node{kind: list}
	for _, item := range items {
		if v := node(item); v != nil {
			n.content = append(n.content, v)
		}
	}
	return n
}

// raw returns a scalar as written in YAML: null, 0644, ~.
func raw(text string) *Node { return &Node{text: text, plain: true} }

func node(v any) *Node {
	switch v := v.(type) {
	case nil:
		return nil
	case *Node:
		return v
	case string:
		return &Node{text: v}
	case int, bool:
		return raw(fmt.Sprint(v))
	case []string:
		n := seq()
		for _, s := range v {
			n.content = append(n.content, node(s))
		}
		return n
	case []*Node:
		return &Node{kind: list, content: slices.DeleteFunc(v, func(n *Node) bool { return n == nil })}
	}
	panic(fmt.Sprintf("no node is made of %T", v))
}

func (n *Node) set(key string, v *Node) {
	if v == nil {
		return
	}
	if i := slices.Index(n.keys, key); i >= 0 {
		n.content[i] = v
		return
	}
	n.keys, n.content = append(n.keys, key), append(n.content, v)
}

func (n *Node) get(path ...string) *Node {
	for _, key := range path {
		i := slices.Index(n.keys, key)
		if i < 0 {
			return nil
		}
		n = n.content[i]
	}
	return n
}

func (n *Node) copied() *Node {
	c := *n
	c.content = make([]*Node, len(n.content))
	for i, v := range n.content {
		c.content[i] = v.copied()
	}
	c.keys = slices.Clone(n.keys)
	return &c
}

func (n *Node) empty() bool { return n.kind != scalar && len(n.content) == 0 }

// sort sorts the keys of all mappings, as in the API server's output.
func (n *Node) sort() {
	if n.kind == mapping {
		order := make([]int, len(n.keys))
		for i := range order {
			order[i] = i
		}
		slices.SortStableFunc(order, func(a, b int) int { return compare(n.keys[a], n.keys[b]) })
		keys, content := slices.Clone(n.keys), slices.Clone(n.content)
		for i, from := range order {
			n.keys[i], n.content[i] = keys[from], content[from]
		}
	}
	for _, v := range n.content {
		v.sort()
	}
}

func compare(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func equal(a, b *Node) bool { return reflect.DeepEqual(withoutAnchors(a), withoutAnchors(b)) }
