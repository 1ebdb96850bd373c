package kube

import (
	"slices"
	"sync"
)

// identity is unique for an object in a cluster.
type identity struct{ group, kind, namespace, name string }

func (o *Object) identity() identity {
	return identity{o.Group(), o.Kind(), o.Namespace(), o.Name()}
}

// entry of the index is an item at the time the index was made.
type entry struct {
	item    Item
	read    sync.Once
	objects []*Object // its objects, once they are requested
	named   map[identity]*Object
}

// Index prepares Find for concurrent use. It keeps the items as they are now, whatever is edited later.
func (s *Set) Index() {
	if s.index != nil {
		return
	}
	s.index = make(map[identity]*entry, len(s.Items))
	s.indexed = make([]entry, len(s.Items))
	for i, item := range s.Items {
		if item.Gone {
			continue
		}
		e := &s.indexed[i]
		e.item = *item
		for _, id := range item.ids {
			if s.index[id] == nil {
				s.index[id] = e
			}
		}
	}
}

// readOnce finds the objects of the item, once.
func (e *entry) readOnce(s *Set) {
	e.read.Do(func() {
		e.objects = s.ObjectsOf(&e.item)
		e.named = make(map[identity]*Object, len(e.objects))
		for _, o := range e.objects {
			if id := o.identity(); e.named[id] == nil {
				e.named[id] = o
			}
		}
	})
}

// Copies returns the objects of some kinds, in any group, as of the time the index was made. They are for reading
// only, as are the objects that Find returns.
func (s *Set) Copies(kinds ...string) (all []*Object) {
	s.Index()
	for i := range s.indexed {
		e := &s.indexed[i]
		if !slices.ContainsFunc(e.item.ids, func(id identity) bool { return slices.Contains(kinds, id.kind) }) {
			continue
		}
		e.readOnce(s)
		for _, o := range e.objects {
			if slices.Contains(kinds, o.Kind()) {
				all = append(all, o)
			}
		}
	}
	return all
}

// Find returns the object of that kind and name, or nil. The object is for reading only, and is the same one on each
// call. An empty namespace is a namespace of its own.
func (s *Set) Find(group, kind, namespace, name string) *Object {
	s.Index()
	id := identity{group, kind, namespace, name}
	e := s.index[id]
	if e == nil {
		return nil
	}
	e.readOnce(s)
	return e.named[id]
}

// addToIndex adds a new object to the index.
func (s *Set) addToIndex(id identity, item *Item) {
	if s.index != nil {
		s.index[id] = &entry{item: *item}
	}
}
