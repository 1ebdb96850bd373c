package config

import (
	"maps"
	"reflect"
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/suggest"
	"github.com/boxp/dindify/fn/yamldoc"
)

// Load decodes a functionConfig: a DinD object, or a ConfigMap whose keys are dotted paths into its spec, as kpt
// users write it. nil gives the default configuration. The list has every problem, with the field's path.
func Load(n *yaml.Node) (Spec, []string) {
	spec := New()
	d := &decoder{}
	switch kind := yamldoc.Text(n, "kind"); {
	case yamldoc.Get(n) == nil:
	case kind == "ConfigMap":
		d.decodeConfigMap(n, &spec)
	case kind == Kind && yamldoc.Text(n, "apiVersion") == APIVersion:
		d.decodeObject(n, &spec)
	default:
		d.problem("kind", "must be %s of %s, or a v1 ConfigMap; got kind %q of %q",
			Kind, APIVersion, kind, yamldoc.Text(n, "apiVersion"))
	}
	spec.Cleanup.FollowNames = yamldoc.Text(n, "metadata", "annotations", FollowNamesAnnotation) == "true"
	d.validate(spec)
	spec.setDependentDefaults()
	return spec, d.texts()
}

// IsFunctionConfig reports whether a document is a DinD object, of any version.
func IsFunctionConfig(n *yaml.Node) bool {
	return yamldoc.Text(n, "kind") == Kind && strings.HasPrefix(yamldoc.Text(n, "apiVersion"), "dindify.dev/")
}

// ResemblesFunctionConfig reports whether a document looks like a DinD object but is not one: another kind of the API
// group, or the kind with another API version or in other letter case.
func ResemblesFunctionConfig(n *yaml.Node) bool {
	group, _, _ := strings.Cut(yamldoc.Text(n, "apiVersion"), "/")
	isMeant := group == "dindify.dev" || strings.EqualFold(yamldoc.Text(n, "kind"), Kind)
	return isMeant && !IsFunctionConfig(n)
}

func (d *decoder) decodeObject(n *yaml.Node, spec *Spec) {
	for _, key := range yamldoc.Keys(n) {
		if known := []string{"apiVersion", "kind", "metadata", "spec"}; !slices.Contains(known, key) {
			d.problem(key, "unknown field%s", suggest.From(key, known))
		}
	}
	d.decode("spec", yamldoc.Get(n, "spec"), reflect.ValueOf(spec).Elem())
}

// decodeConfigMap decodes data keys as paths: daemon.image, daemon.resources.limits.memory, client.hostAliases. Values
// of fields that are not strings are YAML.
func (d *decoder) decodeConfigMap(n *yaml.Node, spec *Spec) {
	d.keys, d.filled = map[string]string{}, map[string]bool{}
	values := map[string]*yaml.Node{}
	for key, value := range yamldoc.Entries(yamldoc.Get(n, "data")) {
		at := join("spec", strings.TrimPrefix(key, "spec."))
		if other, isSet := d.keys[at]; isSet {
			d.problem("data."+key, "data.%s sets the same field: keep one of them", other)
			continue
		}
		d.keys[at], values[at] = key, value
	}
	for _, at := range slices.Sorted(maps.Keys(values)) {
		if outer := d.setAbove(at); outer != "" {
			d.problem(at, "data.%s sets this field too: keep one of them", outer)
			continue
		}
		d.setPath(at, strings.TrimPrefix(at, "spec."), yamldoc.Get(values[at]), reflect.ValueOf(spec).Elem())
	}
}

// setAbove returns the key that sets a field which contains that of a path, or "".
func (d *decoder) setAbove(at string) string {
	for end := strings.LastIndexByte(at, '.'); end > 0; end = strings.LastIndexByte(at[:end], '.') {
		if key, isSet := d.keys[at[:end]]; isSet {
			return key
		}
	}
	return ""
}

// setPath sets the field at a path below v; at is the whole path.
func (d *decoder) setPath(at, path string, value *yaml.Node, v reflect.Value) {
	key, rest, more := strings.Cut(path, ".")
	if v.Kind() == reflect.Pointer {
		if v.IsNil() {
			v.Set(reflect.New(v.Type().Elem()))
		}
		v = v.Elem()
	}
	if v.Kind() == reflect.Map {
		d.setEntry(at, path, value, v)
		return
	}
	if v.Kind() != reflect.Struct {
		d.problem(at, "%q has no fields: write the value as YAML under the shorter key",
			strings.TrimSuffix(d.asWritten(at), "."+path))
		return
	}
	fields := fieldsOf(v.Type())
	index, ok := fields[key]
	switch {
	case !ok:
		d.problem(at, "unknown field %q%s", key, suggest.From(key, keysOf(fields)))
	case more:
		d.setPath(at, rest, value, v.FieldByIndex(index))
	default:
		d.setText(at, value, v.FieldByIndex(index))
	}
}

// setEntry sets an entry of a mapping. Its name may have dots: nvidia.com/gpu. As in a DinD object, the entries replace
// the default ones.
func (d *decoder) setEntry(at, name string, value *yaml.Node, v reflect.Value) {
	if mapping := strings.TrimSuffix(at, "."+name); !d.filled[mapping] {
		d.filled[mapping] = true
		v.Set(reflect.MakeMap(v.Type()))
	}
	entry := reflect.New(v.Type().Elem()).Elem()
	d.setText(at, value, entry)
	v.SetMapIndex(reflect.ValueOf(name).Convert(v.Type().Key()), entry)
}

func (d *decoder) setText(at string, value *yaml.Node, v reflect.Value) {
	if value == nil || value.Kind != yaml.ScalarNode {
		d.problem(at, "a ConfigMap holds strings only: write the value as a quoted YAML text")
		return
	}
	if v.Kind() == reflect.String {
		d.setString(at, value.Value, v)
		return
	}
	parsed, err := yamldoc.Parse(value.Value)
	if err != nil {
		d.problem(at, "is not YAML: %v", err)
		return
	}
	d.decode(at, parsed.Root(), v)
}
