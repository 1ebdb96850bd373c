package kube

import (
	"slices"
	"sync"

	"github.com/boxp/dindify/fn/yamldoc"
)

// identity is what no two objects of a cluster share.
type identity struct{ group, kind, namespace, name string }

func (o *Object) identity() identity {
	return identity{o.Group(), o.Kind(), o.Namespace(), o.Name()}
}

// entry of the index is a document as it was when the index was made.
type entry struct {
	item Item // its tree is nobody else's
	text string
	read sync.Once
}

// Index prepares Find, after which several goroutines may ask it, whatever others edit.
func (s *Set) Index() {
	if s.index != nil {
		return
	}
	s.index = make(map[identity]*entry, len(s.Items))
	entries := make([]entry, len(s.Items))
	s.entries = entries
	for i, item := range s.Items {
		if item.Gone {
			continue
		}
		entries[i].of(item)
		for _, id := range item.ids {
			if s.index[id] == nil {
				s.index[id] = &entries[i]
			}
		}
	}
}

func (e *entry) of(item *Item) {
	e.item = Item{File: item.File, Index: item.Index, Line: item.Line, Added: item.Added, ids: item.ids}
	e.text = item.doc.Text()
}

// parse reads the document, which was one before.
func (e *entry) parse() { e.read.Do(func() { e.item.doc, _ = yamldoc.Read(e.text) }) }

// Copies are the objects of some kinds, whatever their group, as they were when the index was made. They are for looking at,
// like what Find returns.
func (s *Set) Copies(kinds ...string) (all []*Object) {
	s.Index()
	for i := range s.entries {
		e := &s.entries[i]
		if !slices.ContainsFunc(e.item.ids, func(id identity) bool { return slices.Contains(kinds, id.kind) }) {
			continue
		}
		e.parse()
		for _, o := range s.ObjectsOf(&e.item) {
			if slices.Contains(kinds, o.Kind()) {
				all = append(all, o)
			}
		}
	}
	return all
}

// Find returns the object of that kind and name; nil where there is none. An empty namespace is a namespace of its own.
// It is for looking at: an edit would reach nobody.
func (s *Set) Find(group, kind, namespace, name string) *Object {
	s.Index()
	id := identity{group, kind, namespace, name}
	e := s.index[id]
	if e == nil {
		return nil
	}
	e.parse()
	for _, o := range s.ObjectsOf(&e.item) {
		if o.identity() == id {
			return o
		}
	}
	return nil
}

// learn lets Find know of an object that was added.
func (s *Set) learn(id identity, item *Item) {
	if s.index != nil {
		s.index[id] = &entry{}
		s.index[id].of(item)
	}
}
