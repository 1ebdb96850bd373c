// Package kube knows Kubernetes objects as trees: their names, where their pods are, and how to edit them so that the
// edit can be reported and reverted. pod_spec_locations.go is the table of the places of pod specs; only edit.go edits
// fields.
package kube

import (
	"fmt"
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/parallel"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/yamldoc"
	"github.com/boxp/dindify/fn/yamldoc/fast"
)

// Set holds all items of one run.
type Set struct {
	Items     []*Item
	Report    *report.Report
	Locations []PodSpecLocation // where pods are: PodSpecLocations plus those of the configuration

	removed map[identity]*Item  // removed by this run
	index   map[identity]*entry // for Find; nil until Index is called
	indexed []entry             // in document order
}

// Remove removes a document.
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

// RemoveFromList removes objects from a List, given by their paths in the document.
func (s *Set) RemoveFromList(item *Item, paths []string) error {
	var left []identity
	removed := map[string]bool{}
	for _, path := range paths {
		removed[path] = true
	}
	err := s.Edit(item, func(objects []*Object) error {
		for _, o := range objects {
			if removed[o.PathInDocument()] {
				o.removeFromList()
				continue
			}
			left = append(left, o.identity())
		}
		return nil
	})
	if err == nil {
		item.ids, s.index = left, nil
	}
	return err
}

// Objects returns the Kubernetes objects of the set, including those in Lists and Templates, but not documents that
// are for local tools only.
func (s *Set) Objects() []*Object {
	return s.ObjectsIn(s.Items)
}

// Mentioning returns the documents that may mention one of the words.
func (s *Set) Mentioning(words ...string) (all []*Item) {
	mention := make([]bool, len(s.Items))
	_ = parallel.For(len(s.Items), func(i int) error { // never fails
		mention[i] = fast.Mentions(s.Items[i].doc.Body(), words...)
		return nil
	})
	for i, item := range s.Items {
		if mention[i] {
			all = append(all, item)
		}
	}
	return all
}

// OfKinds returns the objects of some kinds, in any group.
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

// ObjectsIn returns the objects of some documents, except removed ones.
func (s *Set) ObjectsIn(items []*Item) (all []*Object) {
	for _, item := range items {
		if !item.Gone {
			all = append(all, s.ObjectsOf(item)...)
		}
	}
	return all
}

// ObjectsOf returns the objects of one document, for reading only. Callers may keep them: see yamldoc.Document.Root.
func (s *Set) ObjectsOf(item *Item) []*Object {
	return s.objects(&Object{item: item, top: item.doc.Root()})
}

// Unreadable returns the errors of documents that ReadFromHost did not parse, that were needed later, and that are not
// YAML.
func (s *Set) Unreadable() (all []error) {
	for i, item := range s.Items {
		if err := item.doc.Err(); err != nil {
			all = append(all, fmt.Errorf("item %d: %w", i+1, err))
		}
	}
	return all
}

// View calls a function with the objects of one document, for reading only. They are not valid after the call.
func (s *Set) View(item *Item, view func([]*Object)) {
	item.doc.View(func(root *yaml.Node) { view(s.objects(&Object{item: item, top: root})) })
}

// ViewAll is View, with the objects that are for local tools only.
func (s *Set) ViewAll(item *Item, view func([]*Object)) {
	item.doc.View(func(root *yaml.Node) {
		o := &Object{set: s, item: item, top: root, node: root}
		if objects := s.objects(o); len(objects) > 0 || root == nil || root.Kind != yaml.MappingNode || !o.IsLocal() {
			view(objects)
		} else {
			view([]*Object{o})
		}
	})
}

// Edit calls a function that may edit the objects of one document, and writes the edits into the text. The objects
// are not valid after the call. After an error the item is unchanged.
func (s *Set) Edit(item *Item, edit func([]*Object) error) error {
	return s.EditAndCheck(item, edit, func([]*Object) {})
}

// EditAndCheck is Edit. It also gives the objects of the edited document to another function. What that one edits has
// no effect on the item: Draft.Result is the text of it.
func (s *Set) EditAndCheck(item *Item, edit func([]*Object) error, check func([]*Object)) error {
	objects := func(d *yamldoc.Draft) []*Object { return s.objects(&Object{item: item, top: d.Root(), draft: d}) }
	next, err := item.doc.EditAndCheck(
		func(d *yamldoc.Draft) error { return edit(objects(d)) },
		func(d *yamldoc.Draft) { check(objects(d)) },
	)
	if err == nil {
		item.doc = next
	}
	return item.named(err)
}

// objects returns the objects of the same document.
func (s *Set) objects(in *Object) []*Object { return s.objectsAt(in, Field{node: in.top}) }

func (s *Set) objectsAt(in *Object, at Field) []*Object {
	o := &Object{set: s, item: in.item, top: in.top, draft: in.draft, node: at.node, base: at.Path()}
	if at.parent != nil {
		o.list = at.parent.node
	}
	if at.node == nil || at.node.Kind != yaml.MappingNode {
		return nil
	}
	if list := at.Get(listOf(o)); list.node != nil && list.node.Kind == yaml.SequenceNode {
		var all []*Object
		for _, element := range list.Items() {
			all = append(all, s.objectsAt(in, element)...)
		}
		return all
	}
	if o.IsLocal() {
		return nil
	}
	return []*Object{o}
}

// listOf returns the field that holds the objects of a List, or of an OpenShift Template.
func listOf(o *Object) string {
	switch kind := o.Kind(); {
	case kind == template && len(yamldoc.Items(o.node, "objects")) > 0:
		return "objects"
	case isList(kind):
		return "items"
	}
	return ""
}

// mayHoldObjects reports whether a document of this kind may have a list of objects.
func mayHoldObjects(kind string) bool { return kind == template || isList(kind) }

const template = "Template" // OpenShift's

func isList(kind string) bool { return kind == "" || strings.HasSuffix(kind, "List") }
