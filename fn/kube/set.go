// Package kube knows Kubernetes objects as trees: what they are called, where their pods are, how to edit them so
// that the edit can be reported and taken back. Only pod_spec_locations.go knows where pod specs
// are, only edit.go edits.
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

// Set is everything that one run looks at.
type Set struct {
	Items     []*Item
	Report    *report.Report
	Locations []PodSpecLocation // where pods are; PodSpecLocations plus what the configuration adds

	removed map[identity]*Item  // what this run took out
	index   map[identity]*entry // of Find; nil until it is asked for
	indexed []entry             // in the order of the documents
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

// RemoveFromList takes objects out of a List, named by their paths in the document.
func (s *Set) RemoveFromList(item *Item, paths []string) error {
	var left []identity
	err := s.Edit(item, func(objects []*Object) error {
		for _, o := range objects {
			if slices.Contains(paths, o.PathInDocument()) {
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

// ObjectsOf lists the objects of one document, for reading only. They may be kept: see yamldoc.Document.Root.
func (s *Set) ObjectsOf(item *Item) []*Object {
	return s.objects(&Object{item: item, top: item.doc.Root()})
}

// Unreadable are the errors of documents that were asked for and that are no YAML: those that ReadGiven did not parse.
func (s *Set) Unreadable() (all []error) {
	for i, item := range s.Items {
		if err := item.doc.Err(); err != nil {
			all = append(all, fmt.Errorf("item %d: %w", i+1, err))
		}
	}
	return all
}

// View gives the objects of one document to a function, for reading only. They are not valid after the call.
func (s *Set) View(item *Item, view func([]*Object)) {
	item.doc.View(func(root *yaml.Node) { view(s.objects(&Object{item: item, top: root})) })
}

// Edit gives the objects of one document to a function that may edit them, and carries the edits out in the text. The
// objects are not valid after the call. After an error the item is as it was.
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
	return err
}

// objects lists those of the document that the given one is in.
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

// listOf is the field that holds the objects of a List, or of an OpenShift Template.
func listOf(o *Object) string {
	switch kind := o.Kind(); {
	case kind == template && len(yamldoc.Items(o.node, "objects")) > 0:
		return "objects"
	case isList(kind):
		return "items"
	}
	return ""
}

// mayHoldObjects says whether the objects of a document of this kind may be in a list of it.
func mayHoldObjects(kind string) bool { return kind == template || isList(kind) }

const template = "Template" // of OpenShift

func isList(kind string) bool { return kind == "" || strings.HasSuffix(kind, "List") }
