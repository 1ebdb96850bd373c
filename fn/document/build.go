package document

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// Build makes a tree of a Go value as encoding/json would encode it: field names, omitted fields and the order of
// fields are those of its json tags. Empty objects that stand for an unset struct (resources: {}) are left out, except
// where the field is one that means something when empty (emptyDir: {}), and so is null.
func Build(v any) (*yaml.Node, error) {
	return element(reflect.ValueOf(v))
}

var (
	node      = reflect.TypeFor[*yaml.Node]()
	marshaler = reflect.TypeFor[json.Marshaler]()
)

// build returns nil for what is null.
func build(v reflect.Value) (*yaml.Node, error) {
	if !v.IsValid() || (v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface) && v.IsNil() {
		return nil, nil
	}
	switch t := v.Type(); {
	case t == node:
		return v.Interface().(*yaml.Node), nil
	case t.Implements(marshaler):
		return buildJSON(v.Interface().(json.Marshaler))
	}
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		return build(v.Elem())
	case reflect.Struct:
		return buildStruct(v)
	case reflect.Map:
		return buildMap(v)
	case reflect.Slice, reflect.Array:
		return buildList(v)
	case reflect.String:
		return Str(v.String()), nil
	case reflect.Bool:
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: yaml.NodeTagBool, Value: strconv.FormatBool(v.Bool())}, nil
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: yaml.NodeTagInt, Value: strconv.FormatInt(v.Int(), 10)}, nil
	}
	return nil, fmt.Errorf("cannot write a %s as YAML", v.Type())
}

// buildJSON is for the API's types that encode themselves: quantities, times, numbers or strings.
func buildJSON(m json.Marshaler) (*yaml.Node, error) {
	data, err := m.MarshalJSON()
	if err != nil || string(data) == "null" {
		return nil, err
	}
	var text string
	if json.Unmarshal(data, &text) == nil {
		return Str(text), nil
	}
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: yaml.NodeTagInt, Value: string(data)}, nil
}

// meaningfulWhenEmpty are fields whose empty mapping is a choice, not an omission.
var meaningfulWhenEmpty = map[string]bool{"emptyDir": true}

func buildStruct(v reflect.Value) (*yaml.Node, error) {
	m := &yaml.Node{Kind: yaml.MappingNode, Tag: yaml.NodeTagMap}
	if err := addFields(m, v); err != nil {
		return nil, err
	}
	if i := index(m, "apiVersion"); i > 0 { // the Go types embed it behind the kind; people write it first
		first := slices.Clone(m.Content[i : i+2])
		m.Content = slices.Concat(first, m.Content[:i], m.Content[i+2:])
	}
	return m, nil
}

func addFields(m *yaml.Node, v reflect.Value) error {
	for _, f := range fieldsOf(v.Type()) {
		value := v.Field(f.index)
		switch {
		case f.embedded:
			if embedded := reflect.Indirect(value); embedded.IsValid() {
				if err := addFields(m, embedded); err != nil {
					return err
				}
			}
			continue
		case f.omitEmpty && isEmpty(value), f.omitZero && value.IsZero():
			continue
		}
		if err := addEntry(m, f.key, value); err != nil {
			return err
		}
	}
	return nil
}

// isEmpty is what encoding/json takes for empty.
func isEmpty(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Struct:
		return false
	case reflect.Map, reflect.Slice, reflect.String:
		return v.Len() == 0
	}
	return v.IsZero()
}

func addEntry(m, key *yaml.Node, v reflect.Value) error {
	n, err := build(v)
	if err != nil || n == nil || n.Kind == yaml.MappingNode && len(n.Content) == 0 && !meaningfulWhenEmpty[key.Value] {
		return err
	}
	m.Content = append(m.Content, key, n)
	return nil
}

func buildMap(v reflect.Value) (*yaml.Node, error) {
	m := &yaml.Node{Kind: yaml.MappingNode, Tag: yaml.NodeTagMap}
	keys := v.MapKeys()
	slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) })
	for _, key := range keys {
		if err := addEntry(m, Str(key.String()), v.MapIndex(key)); err != nil {
			return nil, err
		}
	}
	return m, nil
}

func element(v reflect.Value) (*yaml.Node, error) {
	n, err := build(v)
	if n == nil && err == nil {
		n = null()
	}
	return n, err
}

func null() *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: yaml.NodeTagNull, Value: "null"}
}

func buildList(v reflect.Value) (*yaml.Node, error) {
	if v.Kind() == reflect.Slice && v.IsNil() {
		return nil, nil
	}
	s := &yaml.Node{Kind: yaml.SequenceNode, Tag: yaml.NodeTagSeq}
	for i := range v.Len() {
		n, err := element(v.Index(i))
		if err != nil {
			return nil, err
		}
		s.Content = append(s.Content, n)
	}
	return s, nil
}
