// Package schema derives the JSON Schema of the functionConfig from its Go types: fields, defaults, allowed values,
// and doc comments as descriptions.
package schema

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"reflect"
	"strings"

	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/jsontag"
)

// Schema is the subset of JSON Schema that the functionConfig needs (draft 7, which editors support).
type Schema struct {
	Draft       string             `json:"$schema,omitempty"`
	Title       string             `json:"title,omitempty"`
	Description string             `json:"description,omitempty"`
	Type        any                `json:"type,omitempty"`
	Const       string             `json:"const,omitempty"`
	Enum        []string           `json:"enum,omitempty"`
	Default     any                `json:"default,omitempty"`
	Properties  map[string]*Schema `json:"properties,omitempty"`
	Items       *Schema            `json:"items,omitempty"`
	Additional  any                `json:"additionalProperties,omitempty"`
	Required    []string           `json:"required,omitempty"`
}

// Generate returns the schema of a DinD object.
func Generate() (*Schema, error) {
	docs, err := comments(config.Sources())
	if err != nil {
		return nil, err
	}
	g := generator{docs}
	spec := g.of(reflect.TypeFor[config.Spec](), reflect.ValueOf(config.New()))
	spec.Description = "What dindify does. Every field is optional."
	return &Schema{
		Draft: "http://json-schema.org/draft-07/schema#", Title: "DinD, the functionConfig of dindify", Type: "object",
		Required: []string{"apiVersion", "kind"}, Additional: false,
		Properties: map[string]*Schema{
			"apiVersion": {Const: config.APIVersion},
			"kind":       {Const: config.Kind},
			"metadata":   {Type: "object"},
			"spec":       spec,
		},
	}, nil
}

type generator struct{ docs map[string]string }

// of returns the schema of a type. value holds its defaults; it is invalid if there are none.
func (g generator) of(t reflect.Type, value reflect.Value) *Schema {
	if t.Kind() == reflect.Pointer {
		return g.of(t.Elem(), reflect.Indirect(value))
	}
	if t.Implements(reflect.TypeFor[json.Marshaler]()) ||
		reflect.PointerTo(t).Implements(reflect.TypeFor[json.Unmarshaler]()) {
		return &Schema{Type: []string{"string", "integer"}}
	}
	switch t.Kind() {
	case reflect.Struct:
		return g.object(t, value)
	case reflect.Slice:
		return &Schema{Type: "array", Items: g.of(t.Elem(), reflect.Value{})}
	case reflect.Map:
		return &Schema{Type: "object", Additional: g.of(t.Elem(), reflect.Value{})}
	case reflect.Bool:
		return &Schema{Type: "boolean", Default: given(value)}
	case reflect.Int, reflect.Int32, reflect.Int64:
		return &Schema{Type: "integer", Default: given(value)}
	}
	return &Schema{Type: "string", Enum: config.Values(t), Default: given(value)}
}

func (g generator) object(t reflect.Type, value reflect.Value) *Schema {
	s := &Schema{Type: "object", Properties: map[string]*Schema{}, Additional: false}
	for name, f := range jsontag.Fields(t) {
		var field reflect.Value
		if value.IsValid() {
			field = value.FieldByIndex(f.Index)
		}
		property := g.of(f.Type, field)
		property.Description = g.docs[t.Name()+"."+f.Name]
		s.Properties[name] = property
	}
	return s
}

// given returns a default that is worth documenting, or nil.
func given(value reflect.Value) any {
	if !value.IsValid() || value.Kind() != reflect.Bool && value.IsZero() {
		return nil
	}
	return value.Interface()
}

// comments returns the doc comments of all struct fields, by Type.Field.
func comments(sources []string) (map[string]string, error) {
	docs := map[string]string{}
	for _, source := range sources {
		file, err := parser.ParseFile(token.NewFileSet(), "config.go", source, parser.ParseComments)
		if err != nil {
			return nil, err
		}
		readComments(file, docs)
	}
	return docs, nil
}

func readComments(file *ast.File, docs map[string]string) {
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.TypeSpec)
		if !ok {
			return true
		}
		if s, ok := spec.Type.(*ast.StructType); ok {
			for _, f := range s.Fields.List {
				for _, name := range f.Names {
					docs[spec.Name.Name+"."+name.Name] = strings.Join(strings.Fields(f.Doc.Text()), " ")
				}
			}
		}
		return true
	})
}
