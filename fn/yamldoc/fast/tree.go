package fast

import (
	"sync"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// Tree is the parsed tree of a text and the owner of its nodes.
type Tree struct {
	Root      *yaml.Node
	Commented bool // the text has comments, and the tree has none

	nodes   [][]yaml.Node // space for nodes, allocated in chunks
	used    int           // of the nodes
	content []*yaml.Node  // the content of the finished collections
	stack   []*yaml.Node  // the content of the unfinished collections
}

const (
	few  = 64   // nodes per chunk
	most = 1024 // nodes kept for the next tree
)

// trees pools released trees: allocating and collecting nodes takes longer than reading them.
var trees = sync.Pool{New: func() any { return &Tree{} }}

// New returns an empty tree, whose nodes are created one by one.
func New() *Tree { return trees.Get().(*Tree) }

// Free releases the nodes for other trees. No node may be used afterwards. A nil tree is a no-op.
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

// Node returns an empty node that lives as long as the tree.
func (t *Tree) Node() *yaml.Node {
	if t.used == few*len(t.nodes) {
		t.nodes = append(t.nodes, make([]yaml.Node, few))
	}
	n := &t.nodes[t.used/few][t.used%few]
	t.used++
	return n
}

// Push pushes a node that will become content of another one.
func (t *Tree) Push(n *yaml.Node) { t.stack = append(t.stack, n) }

// Height returns the number of pushed nodes.
func (t *Tree) Height() int { return len(t.stack) }

// Take pops the nodes above that height and makes them the content of a node.
func (t *Tree) Take(n *yaml.Node, since int) {
	from := len(t.content)
	t.content = append(t.content, t.stack[since:]...)
	n.Content = t.content[from:len(t.content):len(t.content)] // appending to it makes a copy
	t.stack = t.stack[:since]
}
