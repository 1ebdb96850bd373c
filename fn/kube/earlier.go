package kube

import (
	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/yamldoc"
)

// Restore replaces the item's document by an earlier one of the same objects.
func (i *Item) Restore(doc *yamldoc.Document) { i.doc = doc }

// Matches reports whether each object of the item is the same as the one of an earlier document in its place.
func (s *Set) Matches(item *Item, earlier *yamldoc.Document, isSame func(now, then *Object) bool) (all bool) {
	item.doc.View(func(root *yaml.Node) {
		earlier.View(func(old *yaml.Node) {
			now, then := s.objects(&Object{item: item, top: root}), s.objects(&Object{item: item, top: old})
			all = len(now) == len(then)
			for i := 0; all && i < len(now); i++ {
				all = isSame(now[i], then[i])
			}
		})
	})
	return all
}

// EqualsBut compares two objects without one annotation.
func (o *Object) EqualsBut(other *Object, annotation string) bool {
	metadata := func(o *Object) *yaml.Node { return yamldoc.Get(o.node, "metadata") }
	annotations := func(o *Object) *yaml.Node { return yamldoc.Get(metadata(o), "annotations") }
	return equalBut(o.node, other.node, "metadata") && equalBut(metadata(o), metadata(other), "annotations") &&
		equalBut(annotations(o), annotations(other), annotation)
}
