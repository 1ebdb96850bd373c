package fast

import (
	"sync"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// Tree is what a text says.
type Tree struct {
	Root      *yaml.Node
	Commented bool // the text has comments, and the tree has not

	nodes   [][]yaml.Node // room for them, few by few
	used    int           // of the nodes
	content []*yaml.Node  // what the collections hold, one behind the other
	stack   []*yaml.Node  // what the collections hold that are being read
}

const (
	few  = 64   // nodes that are made at a time
	most = 1024 // nodes of a tree that is kept for others
)

// trees are those that were given back: making and collecting nodes takes longer than reading them.
var trees = sync.Pool{New: func() any { return &Tree{} }}

// New is a tree of nothing, for nodes that are made one by one.
func New() *Tree { return trees.Get().(*Tree) }

// Free gives the nodes back, for other trees. Nobody may hold one any more. No tree has none.
func (t *Tree) Free() {
	if !Enabled || t == nil || t.used > most {
		return
	}
	for i := 0; i < t.used; i += few {
		clear(t.nodes[i/few][:min(few, t.used-i)])
	}
	clear(t.content)
	clear(t.stack)
	*t = Tree{nodes: t.nodes, content: t.content[:0], stack: t.stack[:0]}
	trees.Put(t)
}

// Node is an empty node that lives as long as the tree.
func (t *Tree) Node() *yaml.Node {
	if t.used == few*len(t.nodes) {
		t.nodes = append(t.nodes, make([]yaml.Node, few))
	}
	n := &t.nodes[t.used/few][t.used%few]
	t.used++
	return n
}

// Push keeps nodes until they become the content of one.
func (t *Tree) Push(nodes ...*yaml.Node) { t.stack = append(t.stack, nodes...) }

// Height is how many nodes are kept.
func (t *Tree) Height() int { return len(t.stack) }

// Take makes the nodes that were pushed since that height the content of one.
func (t *Tree) Take(n *yaml.Node, since int) {
	from := len(t.content)
	t.content = append(t.content, t.stack[since:]...)
	n.Content = t.content[from:len(t.content):len(t.content)] // who appends to it gets a copy
	t.stack = t.stack[:since]
}
