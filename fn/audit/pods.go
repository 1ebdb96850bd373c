package audit

import "slices"

// pods finds the pods around a field. An object may have a thousand, and as many mentions.
type pods struct {
	all     []pod
	paths   pathSet
	at      map[string][]int // indexes of the pods by path
	unshown map[string]bool  // of all pods
}

func newPods() pods {
	return pods{paths: newPathSet(), at: map[string][]int{}, unshown: map[string]bool{}}
}

// add adds a pod, and the paths of its hostPaths of which all mounts show parts without a socket.
func (s *pods) add(p pod, unshown []string) {
	s.paths.add(p.path)
	s.at[p.path] = append(s.at[p.path], len(s.all))
	s.all = append(s.all, p)
	for _, path := range unshown {
		s.unshown[path] = true
	}
}

// around returns the pods whose paths are prefixes of a field's, in the order of the object.
func (s *pods) around(field string) []pod {
	var found []int
	for path := range s.paths.above(field) {
		found = append(found, s.at[path]...)
	}
	slices.Sort(found)
	around := make([]pod, len(found))
	for i, at := range found {
		around[i] = s.all[at]
	}
	return around
}
