// Package jsontag reads the json tags of struct fields as encoding/json does.
package jsontag

import (
	"iter"
	"reflect"
	"strings"
)

// Tag is a field's json tag.
type Tag struct {
	Name      string // "" if the tag has none
	OmitEmpty bool
	OmitZero  bool
}

// Of reads the tag of a field. ok is false for a field that is not part of the JSON.
func Of(f reflect.StructField) (t Tag, ok bool) {
	name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
	t = Tag{name, strings.Contains(options, "omitempty"), strings.Contains(options, "omitzero")}
	return t, f.IsExported() && name != "-"
}

// Fields yields the fields of a struct by their JSON names, including those of inlined structs.
func Fields(t reflect.Type) iter.Seq2[string, reflect.StructField] {
	return func(yield func(string, reflect.StructField) bool) {
		for _, f := range reflect.VisibleFields(t) {
			tag, ok := Of(f)
			if ok && tag.Name != "" && !f.Anonymous && !yield(tag.Name, f) {
				return
			}
		}
	}
}
