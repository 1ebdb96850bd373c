package kube

import (
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
	e.item = Item{File: item.File, Index: item.Index, Line: item.Line, Added: item.Added}
	e.text = item.doc.Text()
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
	e.read.Do(func() { e.item.doc, _ = yamldoc.Read(e.text) }) // which it was before
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
