package kube

import (
	"slices"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/yamldoc"
)

// The verbs of this file are the only way in which passes change an object. Each makes the change, and the line of the
// report that says why. How to take it back is worked out from the document itself: see journal.go.

// Set gives a key below the field a value. Mappings on the way that are missing are made.
func (f Field) Set(key string, v any, why report.Reason) {
	n, ok := f.build(v)
	if !ok {
		return
	}
	current := f.Get(key)
	if current.Exists() && yamldoc.Equal(current.node, n) {
		return
	}
	f.obj.note(current.Path(), shortValue(current.node), shortValue(n), why)
	f.obj.item.doc.Set(f.ensure(yaml.MappingNode), key, n)
}

// Append adds an element to the end of the list that the field is, or makes the list.
func (f Field) Append(v any, why report.Reason) { f.insert(-1, v, why) }

// Prepend adds an element to the start of the list that the field is, or makes the list.
func (f Field) Prepend(v any, why report.Reason) { f.insert(0, v, why) }

// Insert adds an element to the list that the field is, before the one of that index.
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
	f.obj.note(f.Path(), "", shortValue(n), why)
	f.obj.item.doc.Insert(seq, at, n)
}

// Replace puts another element where this one of a list stands.
func (f Field) Replace(v any, why report.Reason) {
	n, ok := f.build(v)
	if !ok {
		return
	}
	at := slices.Index(f.parent.node.Content, f.node)
	f.obj.note(f.Path(), shortValue(f.node), shortValue(n), why)
	f.remove()
	f.obj.item.doc.Insert(f.parent.node, at, n)
}

// Delete removes what stands at the field. A list or mapping that it leaves empty stays; see Prune.
func (f Field) Delete(why report.Reason) {
	if !f.Exists() {
		return
	}
	f.obj.note(f.Path(), shortValue(f.node), "", why)
	f.remove()
}

// Prune removes the field if it is an empty list or mapping when the object is sealed, since an empty list says nothing
// in a pod. A list that a later pass fills again keeps its place.
func (f Field) Prune() {
	if f.Exists() {
		f.obj.pruned = append(f.obj.pruned, f)
	}
}

func (f Field) removeIfEmpty() {
	if f.Exists() && f.node.Kind != yaml.ScalarNode && len(f.node.Content) == 0 {
		f.remove()
	}
}

func (f Field) remove() {
	if f.key != "" {
		f.obj.item.doc.Delete(f.parent.node, f.key)
		return
	}
	f.obj.item.doc.Remove(f.parent.node, f.node)
}

// ensure returns the node of the field, made of the kind where there is none.
func (f Field) ensure(kind yaml.Kind) *yaml.Node {
	if f.node != nil && f.node.Kind != kind {
		f.Error(report.Because(report.Unconvertible, "is not what Kubernetes expects here (a list or a mapping): correct it"))
		return &yaml.Node{Kind: kind} // nobody sees it: the run has failed
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
	f.obj.item.doc.Set(m, f.key, n)
	return n
}

func (f Field) build(v any) (*yaml.Node, bool) {
	n, err := f.obj.item.doc.Build(v)
	if err != nil {
		f.Error(report.Because(report.Internal, "cannot write the value: %v", err))
		return nil, false
	}
	return n, true
}

func (o *Object) note(path, current, proposed string, why report.Reason) {
	o.say(report.Finding{Severity: report.Info, Reason: why, Path: path, Current: current, Proposed: proposed})
}

// shortValue is what a report shows of a value, and the journal remembers to see whether somebody changed it since: a scalar,
// the value of an environment variable; "" for anything larger.
func shortValue(n *yaml.Node) string {
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
