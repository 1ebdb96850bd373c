package verify

import (
	"fmt"
	"strings"

	"github.com/boxp/dindify/fn/kube"
)

// identity tells objects of the files apart, as an API server does: an object is the same in all versions of a group.
type identity struct{ group, kind, namespace, name string }

// keepLast keeps the last of the objects that are in the files more than once: kubectl apply applies one after the
// other. It remembers how often they are there.
func (r *run) keepLast() {
	var kept []*Manifest
	at, times := map[identity]int{}, map[identity]int{}
	for _, m := range r.documents {
		id := identity{kube.GroupOf(m.APIVersion), m.Kind, r.namespaceOf(m), m.Name}
		i, seen := at[id]
		switch {
		case m.Name == "": // not an object of its own; the check apply refuses it
			kept = append(kept, m)
			continue
		case seen:
			kept[i] = m
		default:
			at[id], kept = len(kept), append(kept, m)
		}
		times[id]++
		r.times[kept[at[id]]] = times[id]
	}
	r.Manifests = kept
}

// repeated lists those of some objects that are in the files more than once, or returns "".
func (r *run) repeated(of []*Manifest) string {
	var all []string
	for _, m := range of {
		if n := r.times[m]; n > 1 {
			all = append(all, fmt.Sprintf("%s (%d times)", m, n))
		}
	}
	if len(all) == 0 {
		return ""
	}
	return "more than once in the files, of which kubectl apply leaves the last: " + strings.Join(all, ", ")
}

// removeRepeated is the hint for objects that are in the files more than once.
const removeRepeated = "remove all but one of them from the files"
