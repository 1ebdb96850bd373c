package audit

import "slices"

// pods finds the pods around a field. An object may have a thousand, and as many mentions.
type pods struct {
	all     []pod
	at      map[string][]int // indexes of the pods by path
	lengths map[int]bool     // of the paths: there are few
	unshown map[string]bool  // of all pods
}

func newPods() pods {
	return pods{at: map[string][]int{}, lengths: map[int]bool{}, unshown: map[string]bool{}}
}

// add adds a pod, and the paths of its hostPaths of which all mounts show parts without a socket.
func (s *pods) add(p pod, unshown []string) {
	s.at[p.path] = append(s.at[p.path], len(s.all))
	s.lengths[len(p.path)] = true
	s.all = append(s.all, p)
	for _, path := range unshown {
		s.unshown[path] = true
	}
}

// around returns the pods whose paths are prefixes of a field's, in the order of the object.
func (s *pods) around(field string) []pod {
	var found []int
	for n := range s.lengths {
		if n <= len(field) {
			found = append(found, s.at[field[:n]]...)
		}
	}
	slices.Sort(found)
	around := make([]pod, len(found))
	for i, at := range found {
		around[i] = s.all[at]
	}
	return around
}
