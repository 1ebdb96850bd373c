package generate

import (
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"
)

// splitList splits a ResourceList into its items, its results, and the rest. Hosts write them in any order.
func splitList(text string) (rest, items, results string) {
	in := &rest
	for line := range strings.Lines(text) {
		switch {
		case strings.HasPrefix(line, "items:"):
			in = &items
		case strings.HasPrefix(line, "results:"):
			in = &results
		case line[0] >= 'a' && line[0] <= 'z':
			in = &rest
		}
		*in += line
	}
	return rest, items, results
}

func (t *trial) functionErrorChanges() string {
	if t.List == "" || t.list.status == 0 {
		return ""
	}
	if t.list.status != 1 || !strings.HasSuffix(t.list.err, "\n") {
		return fmt.Sprintf("exit status %d, standard error %q", t.list.status, t.list.err)
	}
	_, want, _ := splitList(t.List)
	_, got, results := splitList(t.list.out)
	switch {
	case t.Host == "json":
		return sameItems(t.List, t.list.out)
	case got != want:
		return diff(want, got)
	case !strings.Contains(results, "severity: error"):
		return "no error among the results:\n" + results
	}
	return ""
}

func (t *trial) functionTwice() string {
	if t.List == "" || t.list.status != 0 {
		return ""
	}
	head, items, _ := splitList(t.list.out)
	again := dindify(head + items)
	if again.status != 0 {
		return "the second time:\n" + again.err
	}
	_, got, _ := splitList(again.out)
	return diff(items, got)
}

func (t *trial) functionBack() string {
	if t.List == "" || t.list.status != 0 || !reversible(t.Config) {
		return ""
	}
	_, items, _ := splitList(t.list.out)
	back := dindify(listHead + configured(dood(t.Config)) + items)
	if back.status != 0 {
		return "mode DooD:\n" + back.err
	}
	if t.Host == "json" {
		return sameItems(t.List, back.out)
	}
	_, want, _ := splitList(t.List)
	_, got, _ := splitList(back.out)
	return diff(want, got)
}

// dood returns a configuration that reverts the conversion of another one.
func dood(config string) string {
	n := map[string]any{}
	if err := yaml.Unmarshal([]byte(config), &n); err != nil {
		panic(err)
	}
	field := "spec"
	if n["kind"] == "ConfigMap" {
		field = "data"
	}
	if n["kind"] == nil {
		n = map[string]any{"apiVersion": "dindify.dev/v1alpha1", "kind": "DinD", "metadata": map[string]any{"name": "x"}}
	}
	fields, _ := n[field].(map[string]any)
	if fields == nil {
		fields = map[string]any{}
	}
	fields["mode"], n[field] = "DooD", fields
	text, err := yaml.Marshal(n)
	if err != nil {
		panic(err)
	}
	return string(text)
}

func sameItems(a, b string) string {
	first, errA := itemsOf(a)
	second, errB := itemsOf(b)
	if errA != nil || errB != nil {
		return fmt.Sprint("not read: ", errA, errB, "\n", b)
	}
	return diff(texts(first), texts(second))
}

func itemsOf(list string) ([]object, error) {
	var l struct {
		Items []map[string]any `yaml:"items"`
	}
	if err := yaml.Unmarshal([]byte(list), &l); err != nil {
		return nil, err
	}
	var all []object
	for _, item := range l.Items {
		all = append(all, flatten(item)...)
	}
	return all, nil
}

func texts(all []object) string {
	var out strings.Builder
	for _, o := range all {
		out.WriteString(asJSON(o) + "\n---\n")
	}
	return out.String()
}

// functionDiffers compares the function's output for the objects with that of convert.
func (t *trial) functionDiffers() string {
	if t.List == "" || !strings.HasSuffix(t.Text, "\n") {
		return "" // a list ends each document in a line break, and therefore also a block scalar at the end of the file
	}
	if t.list.status != 0 {
		if t.Host == "plain" {
			return "convert does not refuse what the function refuses:\n" + t.list.err
		}
		return ""
	}
	items, err := itemsOf(t.list.out)
	if err != nil {
		return fmt.Sprintf("%v\n%s", err, t.list.out)
	}
	for _, o := range t.after {
		if o.text("kind") == "Widget" && t.Host != "plain" {
			continue // a host changes its unusual scalars
		}
		now := find(items, o.id())
		if now == nil {
			return o.id() + " is not among the function's items"
		}
		if d := diff(asJSON(withoutNotes(o)), asJSON(withoutNotes(now))); d != "" {
			return o.id() + ":\n" + d
		}
	}
	if len(items) != len(t.after) {
		return fmt.Sprintf("%d objects of the function, %d of convert", len(items), len(t.after))
	}
	return ""
}

// withoutNotes removes the annotations of a host, and the journal, which contains texts. The annotations are in the
// object, and wherever an alias refers to them.
func withoutNotes(o object) object {
	c := object{}
	for key, v := range o {
		switch v := v.(type) {
		case map[string]any:
			inner := withoutNotes(v)
			if key != "annotations" || len(inner) > 0 {
				c[key] = map[string]any(inner)
			}
		default:
			if key == "annotations" && v == nil {
				continue // a host that adds an annotation writes a mapping
			}
			if !strings.Contains(key, "config.kubernetes.io/") && !strings.Contains(key, "config.k8s.io/") && key != journal {
				c[key] = v
			}
		}
	}
	return c
}
