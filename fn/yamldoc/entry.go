package yamldoc

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/pattern"
	"github.com/boxp/dindify/fn/yamldoc/fast"
)

// Restore inserts an entry, given as text, before the given index. It replaces an existing entry of the same key. The
// lines of the text are kept unchanged.
func (d *Draft) Restore(n *yaml.Node, at int, text string) error {
	e, err := ReadEntry(n.Kind, text)
	if err != nil {
		return err
	}
	d.touch(n)
	d.Reprint(e.Value, text)
	d.restored = append(d.restored, restored{n.Kind, text, e})
	if d.anchored != nil {
		TakeAnchors(e.Value, d.anchored)
	}
	if n.Kind == yaml.SequenceNode {
		d.Insert(n, at, e.Value)
		return nil
	}
	if i := index(n, e.Key.Value); i >= 0 {
		n.Content = slices.Clone(n.Content)
		n.Content[i+1] = e.Value
		return nil
	}
	at = min(max(at, 0), len(n.Content)/2) * 2
	n.Content = slices.Insert(slices.Clone(n.Content), at, e.Key, e.Value)
	return nil
}

// restored is an entry that was given as text, and the kind of the collection that it is in. It has no comments yet.
type restored struct {
	kind  yaml.Kind
	text  string
	entry Entry
}

// ReadEntry reads the text of one entry of a mapping or a sequence. Aliases in it refer to anchors elsewhere. The
// nodes have no comments.
func ReadEntry(kind yaml.Kind, text string) (Entry, error) { return parseEntry(kind, text, fast.Read) }

func parseEntry(kind yaml.Kind, text string, quickly func(string) (*fast.Tree, bool)) (Entry, error) {
	k := 1
	if kind == yaml.MappingNode {
		k = 2
	}
	stubs := stubsOf(text, k)
	text += "\n" // a block scalar at the end keeps its own line breaks
	one, err := read(text, quickly)
	if err != nil && stubs != "" {
		one, err = read(stubs+text, quickly)
	}
	if err != nil && (k == 2 || strings.HasPrefix(text, "- ")) {
		one, err = read(inFlow(k, text), quickly)
	}
	if err != nil {
		return Entry{}, err
	}
	root := one.root
	if root == nil || root.Kind != kind || len(root.Content) < k || countStubs(root) != len(root.Content)-k {
		return Entry{}, errNoEntry
	}
	if one.nodes != nil && !one.aliases {
		root = clone(root) // it is a small part of a tree that others can use
		one.free()
	}
	forgetLines(root)
	return entry(root.Content[len(root.Content)-k:], 0, k), nil
}

// inFlow wraps an entry in brackets. Compact JSON has no blank after the colon, and after a dash the parser takes
// tabs at the start of a line for indentation.
func inFlow(k int, text string) string {
	if k == 2 {
		return "{" + text + "}"
	}
	return "[" + strings.TrimPrefix(text, "- ") + "]"
}

// stubsOf returns entries that define the anchors of the aliases in a text, each once.
func stubsOf(text string, k int) string {
	if !strings.Contains(text, "*") {
		return ""
	}
	var stubs strings.Builder
	made := map[string]bool{}
	for _, name := range aliasName().FindAllStringSubmatch(text, -1) {
		switch {
		case made[name[1]]:
		case k == 2:
			fmt.Fprintf(&stubs, "? x%d\n: &%s x\n", len(made), name[1])
		default:
			fmt.Fprintf(&stubs, "- &%s x\n", name[1])
		}
		made[name[1]] = true
	}
	return stubs.String()
}

// clone copies a tree that has no aliases.
func clone(n *yaml.Node) *yaml.Node {
	cp := *n
	cp.Content = slices.Clone(n.Content)
	for i, c := range cp.Content {
		cp.Content[i] = clone(c)
	}
	return &cp
}

var aliasName = pattern.Lazy(`\*([A-Za-z0-9_-]+)`)

// countStubs counts the anchors that were put before the entry, including those on keys.
func countStubs(root *yaml.Node) int {
	n, k := 0, step(root)
	for i := 0; i+k < len(root.Content); i += k {
		if v := root.Content[i+k-1]; v.Anchor != "" && v.Value == "x" {
			n += k
		}
	}
	return n
}

// forgetLines clears the lines of nodes from another text, so that they are not looked up in this one.
func forgetLines(n *yaml.Node) {
	n.Line, n.Column = 0, 0
	for _, c := range n.Content {
		forgetLines(c)
	}
}

var errNoEntry = errors.New("not the text of one entry")
