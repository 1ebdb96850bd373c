package convert

import (
	"slices"
	"strings"

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
func (c *converter) variables(container kube.Container) []variable {
	namespace := container.Object().Namespace()
	env := container.Get("env").Items()
	all := make([]variable, 0, len(env))
	for _, v := range env {
		value, known := c.valueOf(v, namespace)
		all = append(all, variable{v.Text("name"), value, known, v, sourceOf(v)})
	}
	sources := container.Get("envFrom").Items()
	if len(sources) == 0 {
		return all
	}
	var fromObjects []variable
	for _, source := range sources {
		fromObjects = append(fromObjects, c.variablesFrom(source, namespace)...)
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

// variablesFrom returns the variables of an entry of envFrom whose object is in the input.
func (c *converter) variablesFrom(source kube.Field, namespace string) []variable {
	var all []variable
	for _, kind := range []struct{ kind, ref string }{{"ConfigMap", "configMapRef"}, {"Secret", "secretRef"}} {
		name := source.Text(kind.ref, "name")
		if name == "" {
			continue
		}
		if o := c.Set.Find("", kind.kind, namespace, name); o != nil {
			s := c.source(o)
			if !c.countLookups(len(s.entries)) {
				return nil
			}
			prefix, from := source.Text("prefix"), o.Title()
			for _, e := range s.entries {
				if !e.isVariable() {
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

// expander expands references to variables, $(NAME), as the kubelet does, but also those to later variables. It
// expands each variable once, on first use.
type expander struct {
	values   map[string]string // the known ones, unexpanded
	expanded map[string]string
}

// longestExpansion limits the expansion, in bytes: variables that refer to others twice would double each time.
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

// expand expands the references in a value. References stay if they are unknown or cyclic, or exceed the length of
// any endpoint.
func (e *expander) expand(value string) string {
	if !strings.Contains(value, "$") {
		return value
	}
	var out strings.Builder
	for {
		before, rest, found := strings.Cut(value, "$(")
		name, after, closed := strings.Cut(rest, ")")
		out.WriteString(strings.ReplaceAll(before, "$$", "$"))
		if isEscaped := (len(before)-len(strings.TrimRight(before, "$")))%2 == 1; found && isEscaped {
			out.WriteString("(") // $$(NAME) is the text $(NAME)
			value = rest
			continue
		}
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
	e.expanded[name] = "$(" + name + ")" // while it is being expanded: a cyclic reference stays
	text = e.expand(value)
	e.expanded[name] = text
	return text, true
}
