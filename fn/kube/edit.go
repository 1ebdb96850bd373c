package kube

import (
	"slices"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/yamldoc"
)

// Only the methods of this file change an object. Those for passes make the change and report the reason; the revert
// is derived from the document itself (package journal). Those for a revert only make the change.

// Set sets a key below the field. Missing mappings on the way are created.
func (f Field) Set(key string, v any, why report.Reason) {
	n, ok := f.build(v)
	if !ok {
		return
	}
	current := f.Get(key)
	if current.Exists() && yamldoc.Equal(current.node, n) {
		return
	}
	f.obj.note(current.Path(), ShortValue(current.node), ShortValue(n), why)
	f.obj.Draft().Set(f.ensure(yaml.MappingNode), key, n)
}

// Append adds an element at the end of the list, which is created if needed.
func (f Field) Append(v any, why report.Reason) { f.insert(-1, v, why) }

// Insert adds an element to the list before the one at that index.
func (f Field) Insert(at int, v any, why report.Reason) { f.insert(at, v, why) }

func (f Field) insert(at int, v any, why report.Reason) {
	n, ok := f.build(v)
	if !ok {
		return
	}
	seq := f.ensure(yaml.SequenceNode)
	if at < 0 {
		at = len(seq.Content)
	}
	f.obj.note(f.Path(), "", ShortValue(n), why)
	f.obj.Draft().Insert(seq, at, n)
}

// Replace replaces this element of a list.
func (f Field) Replace(v any, why report.Reason) {
	n, ok := f.build(v)
	if !ok {
		return
	}
	at := slices.Index(f.parent.node.Content, f.node)
	f.obj.note(f.Path(), ShortValue(f.node), ShortValue(n), why)
	f.remove()
	f.obj.Draft().Insert(f.parent.node, at, n)
}

// Delete removes the field. A list or mapping that becomes empty stays; see Prune.
func (f Field) Delete(why report.Reason) {
	if !f.Exists() {
		return
	}
	f.obj.note(f.Path(), ShortValue(f.node), "", why)
	f.remove()
}

// Prune removes the field if it is an empty list or mapping when the object is sealed, since an empty list means
// nothing in a pod. A list that a later pass fills again keeps its place.
func (f Field) Prune() {
	if f.Exists() {
		f.obj.pruned = append(f.obj.pruned, f)
	}
}

func (f Field) removeIfEmpty() {
	if f.isEmpty() {
		f.remove()
	}
}

func (f Field) isEmpty() bool {
	return f.Exists() && f.node.Kind != yaml.ScalarNode && len(f.node.Content) == 0
}

func (f Field) remove() {
	if f.key != "" {
		f.obj.Draft().Delete(f.parent.node, f.key)
		return
	}
	f.obj.Draft().Remove(f.parent.node, f.node)
}

// ensure returns the node of the field, and creates one of that kind if there is none.
func (f Field) ensure(kind yaml.Kind) *yaml.Node {
	if f.node != nil && f.node.Kind != kind {
		f.Error(report.Because(report.Unconvertible, "is not what Kubernetes expects here (a list or a mapping): correct it"))
		return &yaml.Node{Kind: kind} // unused: the run has failed
	}
	if f.node != nil {
		return f.node
	}
	m := f.parent.ensure(yaml.MappingNode)
	if n := yamldoc.Get(m, f.key); n != nil {
		return n
	}
	n := &yaml.Node{Kind: kind, Tag: yaml.NodeTagMap}
	if kind == yaml.SequenceNode {
		n.Tag = yaml.NodeTagSeq
	}
	f.obj.Draft().Set(m, f.key, n)
	return n
}

// DropEntry removes an entry of the list or mapping, by its index among the entries. The comments above it stay: they
// were there before what was added below them.
func (f Field) DropEntry(at int) {
	i := at * step(f.node)
	f.obj.Draft().KeepComments(f.node.Content[i])
	if f.node.Kind == yaml.MappingNode {
		f.obj.Draft().Delete(f.node, f.node.Content[i].Value)
		return
	}
	f.obj.Draft().Remove(f.node, f.node.Content[i])
}

// ReplaceEntry removes an entry by its index, with its comments, and restores another one in its place.
func (f Field) ReplaceEntry(at int, text string) error {
	if f.node.Kind == yaml.SequenceNode {
		f.obj.Draft().Remove(f.node, f.node.Content[at])
	}
	return f.RestoreEntry(at, text)
}

// RestoreEntry inserts an entry, given as text, before the entry of that index. In a mapping it replaces the entry of
// its key.
func (f Field) RestoreEntry(at int, text string) error {
	return f.obj.Draft().Restore(f.node, at, text)
}

// RemoveIfEmpty removes the field if it is an empty list or mapping. The comments above it stay.
func (f Field) RemoveIfEmpty() {
	if f.parent == nil || !f.isEmpty() {
		return
	}
	for i := 0; f.key != "" && i < len(f.parent.node.Content); i += 2 {
		if f.parent.node.Content[i].Value == f.key {
			f.obj.Draft().KeepComments(f.parent.node.Content[i])
		}
	}
	f.remove()
}

// Make returns the field, and creates an empty list or mapping if there is none.
func (f Field) Make(kind yaml.Kind) Field {
	f.node = f.ensure(kind)
	return f
}

// PrintAs sets the text of an edited entry. The text must equal the tree.
func (f Field) PrintAs(text string) { f.obj.Draft().Reprint(f.node, text) }

// Annotate sets an annotation of the object.
func (o *Object) Annotate(name, text string) {
	o.Draft().SetText(o.Root().Get("metadata", "annotations").ensure(yaml.MappingNode), name, text)
}

// removeFromList removes the object from the List that it is an element of.
func (o *Object) removeFromList() { o.Draft().Remove(o.list, o.node) }

// PruneEmpty removes the fields registered by Prune that are empty.
func (o *Object) PruneEmpty() {
	for _, f := range o.pruned {
		f.removeIfEmpty()
	}
}

// step is the number of nodes per entry of a collection.
func step(n *yaml.Node) int {
	if n.Kind == yaml.MappingNode {
		return 2
	}
	return 1
}

func (f Field) build(v any) (*yaml.Node, bool) {
	n, err := f.obj.Draft().Build(v)
	if err != nil {
		f.Error(report.Because(report.Internal, "cannot write the value: %v", err))
		return nil, false
	}
	return n, true
}

func (o *Object) note(path, current, proposed string, why report.Reason) {
	o.addFinding(report.Finding{Severity: report.Info, Reason: why, Path: path, Current: current, Proposed: proposed})
}

// ShortValue returns the value as a finding shows it and as the journal records it to detect later changes: a scalar,
// or the value of an environment variable; "" for anything larger.
func ShortValue(n *yaml.Node) string {
	n = yamldoc.Target(n)
	switch {
	case n == nil:
		return ""
	case n.Kind == yaml.ScalarNode:
		return n.Value
	case n.Kind == yaml.MappingNode && yamldoc.HasKeys(n, "name", "value"):
		return yamldoc.Text(n, "value")
	}
	return ""
}
