package audit

import "iter"

// pathSet is a set of field paths, searched by prefix.
type pathSet struct {
	paths   map[string]bool
	lengths map[int]bool    // of the paths: there are few
	texts   map[string]bool // text fields that contain one of them
}

func newPathSet() pathSet { return pathSet{map[string]bool{}, map[int]bool{}, map[string]bool{}} }

func (s pathSet) add(path string) {
	s.paths[path], s.lengths[len(path)] = true, true
	for i := range len(path) {
		if path[i] == '|' {
			s.texts[path[:i]] = true
		}
	}
}

// above yields the paths that are the field or above it, in any order.
func (s pathSet) above(field string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for n := range s.lengths {
			if n <= len(field) && s.paths[field[:n]] && !yield(field[:n]) {
				return
			}
		}
	}
}

// isAbove reports whether one of the paths is the field or above it.
func (s pathSet) isAbove(field string) bool {
	for range s.above(field) {
		return true
	}
	return false
}
