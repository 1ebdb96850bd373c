package convert

import (
	"slices"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/pattern"
)

// variable is an environment variable of a container, from any source.
type variable struct {
	name, value string
	known       bool       // false if only the cluster knows the value
	field       kube.Field // its entry in env, or the entry of envFrom
	from        string     // the object of its value: ConfigMap/name; "" if the manifest has it
}

// variables returns a container's variables: env takes precedence over envFrom.
func (r *reader) variables(container kube.Container) []variable {
	namespace := container.Object().Namespace()
	env := container.Get("env").Items()
	all := make([]variable, 0, len(env))
	for _, v := range env {
		value, known := r.valueOf(v, namespace)
		all = append(all, variable{v.Text("name"), value, known, v, sourceOf(v)})
	}
	sources := container.Get("envFrom").Items()
	if len(sources) == 0 {
		return all
	}
	var fromObjects []variable
	for _, source := range sources {
		fromObjects = append(fromObjects, r.variablesFrom(source, namespace)...)
	}
	return append(all, lastOfEach(fromObjects, all)...)
}

// lastOfEach returns the variables that count: the last one of each name, except for names that are also the
// container's own.
func lastOfEach(fromObjects, own []variable) []variable {
	taken := map[string]bool{}
	for _, v := range own {
		taken[v.name] = true
	}
	var all []variable
	for _, v := range slices.Backward(fromObjects) {
		if !taken[v.name] {
			all, taken[v.name] = append(all, v), true
		}
	}
	slices.Reverse(all)
	return all
}

// identifier matches names that programs look up.
var identifier = pattern.Lazy(`^[A-Za-z_]\w*$`)

var isVariable = newSearch(func(e *sourceEntry) bool { return identifier().MatchString(e.key) })

// variablesFrom returns the variables of an entry of envFrom whose object is in the input.
func (r *reader) variablesFrom(source kube.Field, namespace string) []variable {
	var all []variable
	for _, kind := range []struct{ kind, ref string }{{"ConfigMap", "configMapRef"}, {"Secret", "secretRef"}} {
		name := source.Text(kind.ref, "name")
		if name == "" {
			continue
		}
		if o := r.set.Find("", kind.kind, namespace, name); o != nil {
			s := r.source(o)
			if !r.lookups.Add(len(s.entries)) {
				return nil
			}
			prefix, from := source.Text("prefix"), o.Title()
			for _, e := range s.entries {
				if !isVariable.in(e) {
					continue // a file, such as config.toml
				}
				all = append(all, variable{name: prefix + e.key, value: e.text, known: true, field: source, from: from})
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
func (r *reader) valueOf(v kube.Field, namespace string) (value string, known bool) {
	from := v.Get("valueFrom")
	if !from.Exists() {
		return v.Text("value"), true
	}
	for _, ref := range keyRefs {
		if o := r.set.Find("", ref.kind, namespace, from.Text(ref.ref, "name")); o != nil && from.Get(ref.ref).Exists() {
			if e := r.source(o).named[from.Text(ref.ref, "key")]; e != nil {
				return e.text, true
			}
			return "", true
		}
	}
	return "", false
}
