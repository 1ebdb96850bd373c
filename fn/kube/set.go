// Package kube knows Kubernetes objects as trees: what they are called, where their pods are, how to edit them so
// that the edit can be reported and taken back. Only locations.go knows where pod specs live, only edit.go edits.
package kube

import (
	"slices"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/parallel"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/yamldoc"
	"github.com/boxp/dindify/fn/yamldoc/fast"
)

// Set is everything that one run looks at.
type Set struct {
	Items     []*Item
	Report    *report.Report
	Locations []PodSpecLocation // where pods are; PodSpecLocations plus what the configuration adds

	removed map[identity]*Item  // what this run took out
	index   map[identity]*entry // of Find; nil until it is asked for
	entries []entry             // of the index, in the order of the documents
}

// Remove takes out a document.
func (s *Set) Remove(item *Item) {
	item.Gone = true
	if s.removed == nil {
		s.removed = map[identity]*Item{}
	}
	for _, id := range item.ids {
		s.removed[id] = item
	}
	s.index = nil
}

// Objects lists the Kubernetes objects of the set that dindify looks at, those inside Lists and Templates included.
// Documents that are for local tools only are not in it.
func (s *Set) Objects() []*Object {
	return s.ObjectsIn(s.Items)
}

// Mentioning lists the documents that may mention one of the words.
func (s *Set) Mentioning(words ...string) (all []*Item) {
	mention := make([]bool, len(s.Items))
	_ = parallel.For(len(s.Items), func(i int) error { // which never fails
		mention[i] = fast.Mentions(s.Items[i].doc.Text(), words...)
		return nil
	})
	for i, item := range s.Items {
		if mention[i] {
			all = append(all, item)
		}
	}
	return all
}

// OfKinds lists the objects of some kinds, whatever their group.
func (s *Set) OfKinds(kinds ...string) []*Object {
	isOne := func(kind string) bool { return slices.Contains(kinds, kind) }
	var items []*Item
	for _, item := range s.Items {
		if slices.ContainsFunc(item.ids, func(id identity) bool { return isOne(id.kind) }) {
			items = append(items, item)
		}
	}
	return slices.DeleteFunc(s.ObjectsIn(items), func(o *Object) bool { return !isOne(o.Kind()) })
}

// ObjectsIn lists the objects of some documents, unless they are gone.
func (s *Set) ObjectsIn(items []*Item) (all []*Object) {
	for _, item := range items {
		if !item.Gone {
			all = append(all, s.ObjectsOf(item)...)
		}
	}
	return all
}

// ObjectsOf lists the objects of one document.
func (s *Set) ObjectsOf(item *Item) []*Object {
	return s.objects(item, Field{node: item.doc.Root()})
}

func (s *Set) objects(item *Item, at Field) []*Object {
	o := &Object{set: s, item: item, node: at.node, base: at.Path()}
	if at.node == nil || at.node.Kind != yaml.MappingNode {
		return nil
	}
	if list := at.Get(listOf(o)); list.node != nil && list.node.Kind == yaml.SequenceNode {
		var all []*Object
		for _, element := range list.Items() {
			all = append(all, s.objects(item, element)...)
		}
		return all
	}
	if o.IsLocal() {
		return nil
	}
	return []*Object{o}
}

// listOf is the field that holds the objects of a List, or of an OpenShift Template.
func listOf(o *Object) string {
	switch {
	case o.Kind() == "Template" && len(yamldoc.Items(o.node, "objects")) > 0:
		return "objects"
	case o.Text("kind") == "" || len(o.Kind()) >= 4 && o.Kind()[len(o.Kind())-4:] == "List":
		return "items"
	}
	return ""
}
