package journal

import (
	"slices"
	"strings"

	"github.com/boxp/dindify/fn/kube"
)

// Notes are the parts of an object's journal that are read without a revert. They are empty if there is no valid
// journal.
type Notes struct {
	journal
	o *kube.Object
}

// NotesOn reads the journal of an object.
func NotesOn(o *kube.Object) Notes {
	j, err := read(o.Annotation(Annotation))
	if err != nil {
		j = journal{}
	}
	return Notes{j, o}
}

// AreForeign reports whether the object carries the journal of another one, which its controller copied with the
// annotations: Tekton from a Task to TaskRuns and pods, a Deployment's controller to ReplicaSets.
func (n Notes) AreForeign() bool { return n.Version > 0 && n.isForeign(n.o) }

// Edited reports whether the conversion edited what is at a path, or below it.
func (n Notes) Edited(path string) bool {
	return path == "" || slices.ContainsFunc(n.Edits, func(e edit) bool {
		rest, ok := strings.CutPrefix(e.In, path)
		return ok && (rest == "" || rest[0] == '.' || rest[0] == '[')
	})
}

// Added are the paths of the lists and mappings to which the conversion added an entry of that name.
func (n Notes) Added(name string) map[string]bool {
	in := map[string]bool{}
	for _, e := range n.Edits {
		if _, adds := e.Drop[name]; adds {
			in[e.In] = true
		}
	}
	return in
}
