package yamldoc

import (
	"reflect"
	"sync"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/jsontag"
)

// field describes how encoding/json handles a struct field.
type field struct {
	index                         int
	key                           *yaml.Node // the key node, shared by all mappings built from such a struct
	embedded, omitEmpty, omitZero bool
}

// known caches the fields of types, as encoding/json does: reading tags takes longer than printing the values.
var known sync.Map // of reflect.Type to []field

func fieldsOf(t reflect.Type) []field {
	if fields, ok := known.Load(t); ok {
		return fields.([]field)
	}
	var fields []field
	for i := range t.NumField() {
		f := t.Field(i)
		tag, ok := jsontag.Of(f)
		if !ok {
			continue
		}
		fields = append(fields, field{
			index:     i,
			key:       Str(tag.Name),
			embedded:  f.Anonymous && tag.Name == "",
			omitEmpty: tag.OmitEmpty,
			omitZero:  tag.OmitZero,
		})
	}
	known.Store(t, fields)
	return fields
}
