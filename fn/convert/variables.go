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
	sources := container.Get("envFrom").Items()
	if len(sources) == 0 {
		return all
	}
	var given []variable
	for _, source := range sources {
		given = append(given, c.variablesFrom(source, namespace)...)
	}
	return append(all, lastOfEach(given, all)...)
}

// lastOfEach are the variables that count of those of several sources, of which the last wins, beside the container's
// own.
func lastOfEach(given, own []variable) []variable {
	taken := map[string]bool{}
	for _, v := range own {
		taken[v.name] = true
	}
	var all []variable
	for _, v := range slices.Backward(given) {
		if !taken[v.name] {
			all, taken[v.name] = append(all, v), true
		}
	}
	slices.Reverse(all)
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
			s := c.source(o)
			if !c.look(len(s.entries)) {
				return nil
			}
			prefix, from := source.Text("prefix"), o.Title()
			for _, e := range s.entries {
				if !e.isVariable() {
					continue // a file, such as config.toml
				}
				all = append(all, variable{prefix + e.key, e.text, true, source, from})
			}
		}
	}
	return all
}

// keyRefs are the fields by which a variable's value comes from an object. The API server takes one of them; where both
// are set the first counts.
var keyRefs = []struct{ kind, ref string }{{"ConfigMap", "configMapKeyRef"}, {"Secret", "secretKeyRef"}}

// sourceOf names the object that a variable's value comes from.
func sourceOf(valueFrom kube.Field) string {
	for _, r := range keyRefs {
		if name := valueFrom.Text(r.ref, "name"); name != "" {
			return r.kind + "/" + name
		}
	}
	return ""
}

// expander replaces references to variables, $(NAME), as the kubelet does. It expands each variable once, at first use.
type expander struct {
	values   map[string]string // those that are known, as they are written
	expanded map[string]string
}

// longestExpansion bounds what references stand for, in bytes: variables that refer to others twice each double each
// time.
const longestExpansion = 1 << 12

func references(all []variable) *expander {
	e := &expander{values: make(map[string]string, len(all)), expanded: map[string]string{}}
	for _, v := range all {
		if v.known {
			e.values[v.name] = v.value
		}
	}
	return e
}

// expand replaces the references in a value. Those stay that are not known, lead back to themselves, or make the value
// longer than what an endpoint can be.
func (e *expander) expand(value string) string {
	if !strings.Contains(value, "$(") {
		return value
	}
	var out strings.Builder
	for {
		before, rest, found := strings.Cut(value, "$(")
		name, after, closed := strings.Cut(rest, ")")
		out.WriteString(before)
		if !found || !closed {
			out.WriteString(value[len(before):])
			return out.String()
		}
		if text, known := e.lookup(name); known && out.Len()+len(text) <= longestExpansion {
			out.WriteString(text)
		} else {
			out.WriteString("$(" + name + ")")
		}
		value = after
	}
}

func (e *expander) lookup(name string) (text string, known bool) {
	if text, known = e.expanded[name]; known {
		return text, true
	}
	value, known := e.values[name]
	if !known {
		return "", false
	}
	e.expanded[name] = "$(" + name + ")" // while it is worked out: one that leads back to itself stays
	text = e.expand(value)
	e.expanded[name] = text
	return text, true
}
