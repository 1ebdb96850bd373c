package sources

import (
	"slices"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/pattern"
)

// Variable is an environment variable of a container, from any source.
type Variable struct {
	Name, Value string
	Known       bool       // false if only the cluster knows the value
	Field       kube.Field // its entry in env, or the entry of envFrom
	From        string     // the object of its value: ConfigMap/name; "" if the manifest has it
}

// Variables returns a container's variables: env takes precedence over envFrom.
func (r *Reader) Variables(container kube.Container) []Variable {
	namespace := container.Object().Namespace()
	env := container.Get("env").Items()
	all := make([]Variable, 0, len(env))
	for _, v := range env {
		value, known := r.valueOf(v, namespace)
		all = append(all, Variable{v.Text("name"), value, known, v, sourceOf(v)})
	}
	sources := container.Get("envFrom").Items()
	if len(sources) == 0 {
		return all
	}
	var fromObjects []Variable
	for _, source := range sources {
		fromObjects = append(fromObjects, r.variablesFrom(source, namespace)...)
	}
	return append(all, LastOfEach(fromObjects, all)...)
}

// LastOfEach returns the variables that count: the last one of each name, except for names that are also the
// container's own.
func LastOfEach(fromObjects, own []Variable) []Variable {
	taken := map[string]bool{}
	for _, v := range own {
		taken[v.Name] = true
	}
	var all []Variable
	for _, v := range slices.Backward(fromObjects) {
		if !taken[v.Name] {
			all, taken[v.Name] = append(all, v), true
		}
	}
	slices.Reverse(all)
	return all
}

// identifier matches names that programs look up.
var identifier = pattern.Lazy(`^[A-Za-z_]\w*$`)

var isVariable = NewSearch(func(e *Entry) bool { return identifier().MatchString(e.Key) })

// variablesFrom returns the variables of an entry of envFrom whose object is in the input.
func (r *Reader) variablesFrom(source kube.Field, namespace string) []Variable {
	var all []Variable
	for _, kind := range []struct{ kind, ref string }{{"ConfigMap", "configMapRef"}, {"Secret", "secretRef"}} {
		name := source.Text(kind.ref, "name")
		if name == "" {
			continue
		}
		if o := r.set.Find("", kind.kind, namespace, name); o != nil {
			s := r.source(o)
			if !r.Lookups.Add(len(s.entries)) {
				return nil
			}
			prefix, from := source.Text("prefix"), o.Title()
			for _, e := range s.entries {
				if !isVariable.In(e) {
					continue // a file, such as config.toml
				}
				all = append(all, Variable{Name: prefix + e.Key, Value: e.Text, Known: true, Field: source, From: from})
			}
		}
	}
	return all
}

// keyRefs lists the fields by which a variable's value comes from an object. The API server accepts one of them; the
// first counts.
var keyRefs = []struct{ kind, ref string }{{"ConfigMap", "configMapKeyRef"}, {"Secret", "secretKeyRef"}}

// sourceOf returns the object of a variable's value.
func sourceOf(entry kube.Field) string {
	for _, r := range keyRefs {
		if name := entry.Text("valueFrom", r.ref, "name"); name != "" {
			return r.kind + "/" + name
		}
	}
	return ""
}

// valueOf returns a variable's value, looked up in the input if it comes from a ConfigMap or Secret. known is false
// if only the cluster has it.
func (r *Reader) valueOf(v kube.Field, namespace string) (value string, known bool) {
	from := v.Get("valueFrom")
	if !from.Exists() {
		return v.Text("value"), true
	}
	for _, ref := range keyRefs {
		if o := r.set.Find("", ref.kind, namespace, from.Text(ref.ref, "name")); o != nil && from.Get(ref.ref).Exists() {
			if e := r.source(o).named[from.Text(ref.ref, "key")]; e != nil {
				return e.Text, true
			}
			return "", true
		}
	}
	return "", false
}
