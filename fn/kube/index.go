package kube

import "slices"

// identity is what no two objects of a cluster share.
type identity struct{ group, kind, namespace, name string }

func (o *Object) identity() identity {
	return identity{o.Group(), o.Kind(), o.Namespace(), o.Name()}
}

// Index prepares Find, after which several goroutines may ask it, whatever others edit: it holds the items as they are
// now.
func (s *Set) Index() {
	if s.index != nil {
		return
	}
	s.index = make(map[identity]*Item, len(s.Items))
	s.indexed = make([]Item, 0, len(s.Items))
	for _, item := range s.Items {
		if item.Gone {
			continue
		}
		s.indexed = append(s.indexed, *item)
		for _, id := range item.ids {
			if s.index[id] == nil {
				s.index[id] = &s.indexed[len(s.indexed)-1]
			}
		}
	}
}

// Copies are the objects of some kinds, whatever their group, as they were when the index was made. They are for reading
// only, like what Find returns.
func (s *Set) Copies(kinds ...string) (all []*Object) {
	s.Index()
	for i := range s.indexed {
		item := &s.indexed[i]
		if !slices.ContainsFunc(item.ids, func(id identity) bool { return slices.Contains(kinds, id.kind) }) {
			continue
		}
		for _, o := range s.ObjectsOf(item) {
			if slices.Contains(kinds, o.Kind()) {
				all = append(all, o)
			}
		}
	}
	return all
}

// Find returns the object of that kind and name, for reading only; nil where there is none. An empty namespace is a
// namespace of its own.
func (s *Set) Find(group, kind, namespace, name string) *Object {
	s.Index()
	id := identity{group, kind, namespace, name}
	item := s.index[id]
	if item == nil {
		return nil
	}
	for _, o := range s.ObjectsOf(item) {
		if o.identity() == id {
			return o
		}
	}
	return nil
}

// learn lets Find know of an object that was added.
func (s *Set) learn(id identity, item *Item) {
	if s.index != nil {
		added := *item
		s.index[id] = &added
	}
}
