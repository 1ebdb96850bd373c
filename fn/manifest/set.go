// Package manifest knows Kubernetes objects as trees: what they are called, where their pods are, how to edit them so
// that the edit can be reported and taken back. Only places.go knows where pod specs live, only edit.go edits.
package manifest

import (
	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/document"
	"github.com/boxp/dindify/fn/parallel"
	"github.com/boxp/dindify/fn/report"
)

// Set is everything that one run looks at.
type Set struct {
	Items  []*Item
	Report *report.Report
	Places []Place // where pods are; DefaultPlaces plus what the configuration adds

	removed map[identity]*Item // what this run took out
	index   map[identity]*Item // of Find; nil until it is asked for
}

// identity is what no two objects of a cluster share.
type identity struct{ group, kind, namespace, name string }

func (o *Object) identity() identity {
	return identity{o.Group(), o.Kind(), o.Namespace(), o.Name()}
}

// Remove takes an object out that is a document of its own.
func (s *Set) Remove(o *Object) {
	o.item.Gone = true
	if s.removed == nil {
		s.removed = map[identity]*Item{}
	}
	s.removed[o.identity()] = o.item
	s.index = nil
}

// Item is one document of the input, or one that the run adds.
type Item struct {
	File  string // where it came from; "" where unknown
	Index int    // of the document in the file
	Line  int    // of the document's first line in the file, from 1; 0 where unknown
	Added bool   // made by this run
	Gone  bool   // removed by this run

	doc *document.Document
}

// NewItem is a document that was read.
func NewItem(doc *document.Document) *Item { return &Item{doc: doc} }

// Document is the item's document, with the edits that were carried out.
func (i *Item) Document() *document.Document { return i.doc }

// Carry renders the edits into the texts of the items. Objects that were found before it are of the past.
func (s *Set) Carry() error {
	s.index = nil
	return parallel.For(len(s.Items), func(i int) error {
		return s.Items[i].carry()
	})
}

func (i *Item) carry() error {
	if i.Gone {
		return nil
	}
	next, err := i.doc.Render()
	if err == nil && next != i.doc {
		i.doc.Release() // whoever reads the input may hold it
		i.doc = next
	}
	return err
}

// Settle renders the edits of one item for good, once its objects look right.
func (s *Set) Settle(item *Item, look func(*Object)) error {
	if err := item.carry(); err != nil {
		return err
	}
	for _, o := range s.objects(item, Field{node: item.doc.Root()}) {
		look(o)
	}
	item.doc.Release()
	return nil
}

// Objects lists the Kubernetes objects of the set that dindify looks at, those inside Lists and Templates included.
// Documents that are for local tools only are not in it.
func (s *Set) Objects() []*Object {
	var all []*Object
	for _, item := range s.Items {
		if !item.Gone {
			all = append(all, s.objects(item, Field{node: item.doc.Root()})...)
		}
	}
	return all
}

func (s *Set) objects(item *Item, at Field) []*Object {
	o := &Object{set: s, item: item, node: at.node, base: at.path}
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
	case o.Kind() == "Template" && len(document.Items(o.node, "objects")) > 0:
		return "objects"
	case o.Text("kind") == "" || len(o.Kind()) >= 4 && o.Kind()[len(o.Kind())-4:] == "List":
		return "items"
	}
	return ""
}

// Index prepares Find, after which several goroutines may ask it.
func (s *Set) Index() {
	if s.index != nil {
		return
	}
	s.index = map[identity]*Item{}
	for _, o := range s.Objects() {
		if id := o.identity(); s.index[id] == nil {
			s.index[id] = o.item
		}
	}
}

// Find returns the object of that kind and name; nil where there is none. An empty namespace is a namespace of its own.
func (s *Set) Find(group, kind, namespace, name string) *Object {
	s.Index()
	id := identity{group, kind, namespace, name}
	item := s.index[id]
	if item == nil {
		return nil
	}
	for _, o := range s.objects(item, Field{node: item.doc.Root()}) {
		if o.identity() == id {
			return o
		}
	}
	return nil
}

// learn lets Find know of an object that was added.
func (s *Set) learn(id identity, item *Item) {
	if s.index != nil {
		s.index[id] = item
	}
}
