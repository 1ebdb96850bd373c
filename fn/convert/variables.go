package convert

import (
	"slices"
	"strings"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/pattern"
)

// variable is one that a container has, from wherever it gets it.
type variable struct {
	name, value string
	known       bool       // false where only the cluster knows the value
	field       kube.Field // its entry in env, or the entry of envFrom
	from        string     // the object that it comes from: ConfigMap/name; "" where the manifest says it
}

// variables are those of a container: what its env says counts instead of what envFrom brings along.
func (c *Conversion) variables(container kube.Container) []variable {
	var all []variable
	namespace := container.Object().Namespace()
	for _, v := range container.Get("env").Items() {
		value, known := c.valueOf(v, namespace)
		all = append(all, variable{v.Text("name"), value, known, v, sourceOf(v.Get("valueFrom"))})
	}
	own := len(all)
	for _, source := range container.Get("envFrom").Items() {
		for _, v := range c.variablesFrom(source, namespace) {
			same := func(other variable) bool { return other.name == v.name }
			if slices.ContainsFunc(all[:own], same) {
				continue
			}
			all = append(slices.DeleteFunc(all, same), v) // the last source wins
		}
	}
	return all
}

// identifier is a name that programs look for.
var identifier = pattern.Lazy(`^[A-Za-z_]\w*$`)

// variablesFrom are those of an entry of envFrom whose object is in the input.
func (c *Conversion) variablesFrom(source kube.Field, namespace string) []variable {
	var all []variable
	for _, kind := range []struct{ kind, ref string }{{"ConfigMap", "configMapRef"}, {"Secret", "secretRef"}} {
		name := source.Text(kind.ref, "name")
		if name == "" {
			continue
		}
		if o := c.Set.Find("", kind.kind, namespace, name); o != nil {
			for _, e := range entries(o) {
				if !identifier().MatchString(e.key) {
					continue // a file, such as config.toml
				}
				all = append(all, variable{source.Text("prefix") + e.key, e.text, true, source, o.Title()})
			}
		}
	}
	return all
}

// sourceOf names the object that a variable's value comes from.
func sourceOf(valueFrom kube.Field) string {
	if name := valueFrom.Text("configMapKeyRef", "name"); name != "" {
		return "ConfigMap/" + name
	}
	if name := valueFrom.Text("secretKeyRef", "name"); name != "" {
		return "Secret/" + name
	}
	return ""
}

// expand replaces references to other variables, $(NAME), as the kubelet does; those that are not known stay.
func expand(value string, all []variable) string {
	for _, v := range all {
		if v.known && strings.Contains(value, "$("+v.name+")") {
			value = strings.ReplaceAll(value, "$("+v.name+")", v.value)
		}
	}
	return value
}
