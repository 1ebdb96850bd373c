package yamldoc

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/yamldoc/fast"
)

// Build returns a tree for a Go value as encoding/json would encode it: names, order and omission of fields follow
// the json tags. Null is omitted, and so is an empty mapping, unless a pointer to it is set: that means the empty
// mapping is intended.
func Build(v any) (*yaml.Node, error) { return builder{fast.New()}.element(reflect.ValueOf(v)) }

// Build is like the function of that name, but the tree belongs to the draft.
func (d *Draft) Build(v any) (*yaml.Node, error) { return d.builder().element(reflect.ValueOf(v)) }

// builder returns a builder whose nodes live as long as the draft's tree.
func (d *Draft) builder() builder {
	if d.nodes == nil && d.built == nil {
		d.built = fast.New()
	}
	return builder{cmp.Or(d.nodes, d.built)}
}

// builder creates nodes of a tree.
type builder struct{ *fast.Tree }

func (b builder) scalar(tag, value string) *yaml.Node {
	n := b.node(yaml.ScalarNode, tag)
	n.Value = value
	return n
}

func (b builder) node(kind yaml.Kind, tag string) *yaml.Node {
	n := b.Node()
	n.Kind, n.Tag = kind, tag
	return n
}

func (b builder) str(s string) *yaml.Node {
	n := b.scalar(yaml.NodeTagString, s)
	n.Style = styleOf(s)
	return n
}

var (
	node      = reflect.TypeFor[*yaml.Node]()
	marshaler = reflect.TypeFor[json.Marshaler]()
)

// build returns nil for null.
func (b builder) build(v reflect.Value) (*yaml.Node, error) {
	if !v.IsValid() || (v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface) && v.IsNil() {
		return nil, nil
	}
	switch t := v.Type(); {
	case t == node:
		return v.Interface().(*yaml.Node), nil
	case t.NumMethod() > 0 && t.Implements(marshaler): // most types have no methods, which takes less time to find
		return b.json(v.Interface().(json.Marshaler))
	}
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		return b.build(v.Elem())
	case reflect.Struct:
		return b.structure(v)
	case reflect.Map:
		return b.mapping(v)
	case reflect.Slice, reflect.Array:
		return b.list(v)
	case reflect.String:
		return b.str(v.String()), nil
	case reflect.Bool:
		return b.scalar(yaml.NodeTagBool, strconv.FormatBool(v.Bool())), nil
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return b.scalar(yaml.NodeTagInt, strconv.FormatInt(v.Int(), 10)), nil
	}
	return nil, fmt.Errorf("cannot write a %s as YAML", v.Type())
}

// json handles API types with their own encoding: quantities, times, numbers or strings.
func (b builder) json(m json.Marshaler) (*yaml.Node, error) {
	data, err := m.MarshalJSON()
	if err != nil || string(data) == "null" {
		return nil, err
	}
	var text string
	if inner := bytes.Trim(data, `"`); len(inner) == len(data)-2 && bytes.IndexByte(inner, '\\') < 0 {
		return b.str(string(inner)), nil // a quantity
	}
	if json.Unmarshal(data, &text) == nil {
		return b.str(text), nil
	}
	return b.scalar(yaml.NodeTagInt, string(data)), nil
}

func (b builder) structure(v reflect.Value) (*yaml.Node, error) {
	m, since := b.node(yaml.MappingNode, yaml.NodeTagMap), b.Height()
	if err := b.fields(v); err != nil {
		return nil, err
	}
	b.Take(m, since)
	return m, nil
}

func (b builder) fields(v reflect.Value) error {
	for _, f := range fieldsOf(v.Type()) {
		value := v.Field(f.index)
		switch {
		case f.embedded:
			if embedded := reflect.Indirect(value); embedded.IsValid() {
				if err := b.fields(embedded); err != nil {
					return err
				}
			}
			continue
		case f.omitEmpty && isEmpty(value), f.omitZero && value.IsZero():
			continue
		}
		if err := b.entry(f.key, value); err != nil {
			return err
		}
	}
	return nil
}

// isEmpty reports whether encoding/json considers a value empty.
func isEmpty(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Struct:
		return false
	case reflect.Map, reflect.Slice, reflect.String:
		return v.Len() == 0
	}
	return v.IsZero()
}

// entry pushes a key and its value.
func (b builder) entry(key *yaml.Node, v reflect.Value) error {
	n, err := b.build(v)
	isUnset := n != nil && n.Kind == yaml.MappingNode && len(n.Content) == 0 && v.Kind() != reflect.Pointer
	if err != nil || n == nil || isUnset {
		return err
	}
	b.Push(key)
	b.Push(n)
	return nil
}

func (b builder) mapping(v reflect.Value) (*yaml.Node, error) {
	m, since := b.node(yaml.MappingNode, yaml.NodeTagMap), b.Height()
	if texts, ok := v.Interface().(map[string]string); ok {
		keys := slices.AppendSeq(make([]string, 0, len(texts)), maps.Keys(texts))
		slices.Sort(keys)
		for _, key := range keys {
			b.Push(b.str(key))
			b.Push(b.str(texts[key]))
		}
		b.Take(m, since)
		return m, nil
	}
	keys := v.MapKeys()
	slices.SortFunc(keys, func(x, y reflect.Value) int { return strings.Compare(x.String(), y.String()) })
	for _, key := range keys {
		if err := b.entry(b.str(key.String()), v.MapIndex(key)); err != nil {
			return nil, err
		}
	}
	b.Take(m, since)
	return m, nil
}

func (b builder) element(v reflect.Value) (*yaml.Node, error) {
	n, err := b.build(v)
	if n == nil && err == nil {
		n = b.scalar(yaml.NodeTagNull, "null")
	}
	return n, err
}

func (b builder) list(v reflect.Value) (*yaml.Node, error) {
	if v.Kind() == reflect.Slice && v.IsNil() {
		return nil, nil
	}
	s, since := b.node(yaml.SequenceNode, yaml.NodeTagSeq), b.Height()
	for i := range v.Len() {
		n, err := b.element(v.Index(i))
		if err != nil {
			return nil, err
		}
		b.Push(n)
	}
	b.Take(s, since)
	return s, nil
}
