package journal

import (
	"slices"

	"github.com/boxp/dindify/fn/kube"
)

// Same reports whether two objects carry the same journal, but for the edits: these name the places of entries, and
// have the style of the text. Where the objects are equal and both revert to the same text, the edits mean the same.
func Same(a, b *kube.Object) bool {
	if !On(a) || !On(b) {
		return On(a) == On(b)
	}
	one, errOne := read(a.Annotation(Annotation))
	other, errOther := read(b.Annotation(Annotation))
	return errOne == nil && errOther == nil && one.Version == other.Version && one.Object == other.Object &&
		one.Daemon == other.Daemon && one.Serves == other.Serves && slices.Equal(one.Generated, other.Generated)
}
