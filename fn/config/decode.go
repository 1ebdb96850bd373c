package config

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/jsontag"
	"github.com/boxp/dindify/fn/suggest"
	"github.com/boxp/dindify/fn/yamldoc"
)

// decoder decodes a tree into a Go value. It continues after an error, so that it can report all problems at once.
// The available JSON decoders stop at the first wrong type, and their errors name Go types instead of field paths.
type decoder struct {
	problems []problem
	reported map[string]bool   // paths that have a problem
	keys     map[string]string // for a ConfigMap: the key that sets a field, by the field's path; nil for a DinD object
	filled   map[string]bool   // for a ConfigMap: the mappings that have entries of it
}

// problem is an invalid field, by its path in a DinD object.
type problem struct{ path, text string }

// problem records a problem of a field, unless the field has one already.
func (d *decoder) problem(path, format string, args ...any) {
	if d.reported[path] {
		return
	}
	if d.reported == nil {
		d.reported = map[string]bool{}
	}
	d.reported[path] = true
	d.problems = append(d.problems, problem{path, fmt.Sprintf(format, args...)})
}

// isWrong reports whether a field, or one below it, has a problem: then its value is not what the user wrote.
func (d *decoder) isWrong(path string) bool {
	for known := range d.reported {
		if known == path || strings.HasPrefix(known, path+".") {
			return true
		}
	}
	return false
}

// texts returns the problems, with the paths that the user wrote.
func (d *decoder) texts() (all []string) {
	for _, p := range d.problems {
		all = append(all, d.asWritten(p.path)+": "+p.text)
	}
	return all
}

// asWritten returns a field's path as the user wrote it; for a ConfigMap, the key that sets it and the path in its
// value.
func (d *decoder) asWritten(path string) string {
	field, inside, isField := strings.Cut(path, "spec.")
	if d.keys == nil || !isField || field != "" {
		return path
	}
	for at := len(path); at > 0; at = strings.LastIndexAny(path[:at], ".[") {
		if key, found := d.keys[path[:at]]; found {
			return "data." + key + path[at:]
		}
	}
	return "data." + inside
}

// decode decodes n into v, which is at the given path. Fields that n does not have keep their values.
func (d *decoder) decode(path string, n *yaml.Node, v reflect.Value) {
	n = yamldoc.Get(n)
	if n == nil {
		return // null means the same as an absent field
	}
	if _, ok := v.Addr().Interface().(json.Unmarshaler); ok {
		d.decodeLeaf(path, n, v)
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		p := reflect.New(v.Type().Elem())
		d.decode(path, n, p.Elem())
		v.Set(p)
	case reflect.Struct:
		d.decodeStruct(path, n, v)
	case reflect.Slice:
		d.decodeList(path, n, v)
	case reflect.Map:
		d.decodeMap(path, n, v)
	default:
		d.decodeLeaf(path, n, v)
	}
}

func (d *decoder) decodeStruct(path string, n *yaml.Node, v reflect.Value) {
	if n.Kind != yaml.MappingNode {
		d.problem(path, "must be a mapping, got %s", describe(n))
		return
	}
	fields := fieldsOf(v.Type())
	for key, value := range yamldoc.Entries(n) {
		at := join(path, key)
		index, ok := fields[key]
		if !ok {
			d.problem(at, "unknown field%s", suggest.From(key, keysOf(fields)))
			continue
		}
		d.decode(at, value, v.FieldByIndex(index))
	}
}

func (d *decoder) decodeList(path string, n *yaml.Node, v reflect.Value) {
	if n.Kind != yaml.SequenceNode {
		d.problem(path, "must be a list, got %s", describe(n))
		return
	}
	out := reflect.MakeSlice(v.Type(), len(n.Content), len(n.Content))
	for i, e := range n.Content {
		d.decode(fmt.Sprintf("%s[%d]", path, i), e, out.Index(i))
	}
	v.Set(out)
}

func (d *decoder) decodeMap(path string, n *yaml.Node, v reflect.Value) {
	if n.Kind != yaml.MappingNode {
		d.problem(path, "must be a mapping, got %s", describe(n))
		return
	}
	out := reflect.MakeMap(v.Type())
	for key, value := range yamldoc.Entries(n) {
		e := reflect.New(v.Type().Elem()).Elem()
		d.decode(join(path, key), value, e)
		out.SetMapIndex(reflect.ValueOf(key).Convert(v.Type().Key()), e)
	}
	v.Set(out)
}

// decodeLeaf decodes a value that is not one of our structs: a scalar, or a type with its own JSON decoder, such as a
// quantity.
func (d *decoder) decodeLeaf(path string, n *yaml.Node, v reflect.Value) {
	if v.Kind() == reflect.String && n.Kind == yaml.ScalarNode && n.ShortTag() == yaml.NodeTagString {
		d.setString(path, n.Value, v)
		return
	}
	var value any
	err := n.Decode(&value)
	if err == nil {
		var data []byte
		if data, err = json.Marshal(value); err == nil {
			err = json.Unmarshal(data, v.Addr().Interface())
		}
	}
	if err != nil {
		d.problem(path, "must be %s, got %s", expected(v), describe(n))
	}
}

// setString sets a string. If the type is an enumeration, it checks the value.
func (d *decoder) setString(path, text string, v reflect.Value) {
	if allowed := Values(v.Type()); allowed == nil || d.validateEnum(path, text, allowed) {
		v.SetString(text)
	}
}

func expected(v reflect.Value) string {
	switch v.Kind() {
	case reflect.String:
		return "a string (quote it)"
	case reflect.Bool:
		return "true or false"
	case reflect.Int, reflect.Int32, reflect.Int64:
		return "a whole number"
	}
	if name := strings.ToLower(v.Type().Name()); name != "quantity" {
		return "a " + name
	}
	return "a quantity such as 500m or 2Gi"
}

func describe(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "a mapping"
	case yaml.SequenceNode:
		return "a list"
	}
	return fmt.Sprintf("%q", n.Value)
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

// fieldsOf maps the JSON names of a struct's fields, including those of inlined structs, to their indexes.
func fieldsOf(t reflect.Type) map[string][]int {
	fields := map[string][]int{}
	for name, f := range jsontag.Fields(t) {
		fields[name] = f.Index
	}
	return fields
}

func keysOf(fields map[string][]int) []string {
	var all []string
	for name := range fields {
		all = append(all, name)
	}
	return all
}
