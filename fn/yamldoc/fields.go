package yamldoc

import (
	"reflect"
	"strings"
	"sync"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// field is what encoding/json would do with a field of a struct.
type field struct {
	index                         int
	key                           *yaml.Node // of every mapping that is built of such a struct: they share it
	embedded, omitEmpty, omitZero bool
}

// known remembers the fields of types, as encoding/json does: reading tags takes longer than printing the values.
var known sync.Map // of reflect.Type to []field

func fieldsOf(t reflect.Type) []field {
	if fields, ok := known.Load(t); ok {
		return fields.([]field)
	}
	var fields []field
	for i := range t.NumField() {
		f := t.Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if !f.IsExported() || name == "-" {
			continue
		}
		fields = append(fields, field{
			index:     i,
			key:       Str(name),
			embedded:  f.Anonymous && name == "",
			omitEmpty: strings.Contains(options, "omitempty"),
			omitZero:  strings.Contains(options, "omitzero"),
		})
	}
	known.Store(t, fields)
	return fields
}
