package kube

import (
	"iter"
	"slices"
	"strconv"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/steps"
	"github.com/boxp/dindify/fn/yamldoc"
)

// Path returns the field's path from the object's root: spec.template.spec.volumes[name=docker-sock].
func (f Field) Path() string { return f.pathWith(Field.isAmbiguous) }

// isAmbiguous reports whether another element of the field's list has the same name.
type isAmbiguous func(f Field, key, name string) bool

func (f Field) pathWith(ambiguous isAmbiguous) string {
	if f.parent == nil {
		return ""
	}
	return string(f.appendTo(make([]byte, 0, 128), ambiguous))
}

func (f Field) appendTo(path []byte, ambiguous isAmbiguous) []byte {
	if f.parent == nil {
		return path
	}
	path = f.parent.appendTo(path, ambiguous)
	switch {
	case f.at == missing:
	case f.key != "" && len(path) > 0:
		return append(append(path, '.'), f.key...)
	case f.key != "":
		return append(path, f.key...)
	case f.at == inText:
		return append(path, '|')
	}
	return append(append(append(path, '['), f.selector(ambiguous)...), ']')
}

// selector selects an element: by the merge key of its list if there is one, else by index.
func (f Field) selector(ambiguous isAmbiguous) string {
	key, name := f.parent.listKey(), f.key
	if f.at != missing {
		name = yamldoc.Text(f.node, key)
	}
	if key == "" || name == "" || f.at != missing && ambiguous(f, key, name) {
		return strconv.Itoa(f.at)
	}
	return key + "=" + name
}

// isAmbiguous is the function of that type for a list that may be edited.
func (f Field) isAmbiguous(key, name string) bool {
	steps.Count(len(f.parent.node.Content))
	for i, n := range f.parent.node.Content {
		if i != f.at && isNamed(n, key, name) && yamldoc.Target(n) != f.node {
			return true
		}
	}
	return false
}

// isNamed is yamldoc.Text(n, key) == name, without a call for most elements: the number of comparisons may be
// quadratic.
func isNamed(n *yaml.Node, key, name string) bool {
	for i := 0; name != "" && n.Kind == yaml.MappingNode && i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key && n.Content[i+1].Kind == yaml.ScalarNode && n.Content[i+1].Value != name {
			return false
		}
	}
	return yamldoc.Text(n, key) == name
}

// listKeys maps a list's name to the field that identifies its elements (the API's merge keys).
var listKeys = map[string]string{
	"containers": "name", "initContainers": "name", "ephemeralContainers": "name", "steps": "name", "sidecars": "name",
	"volumes": "name", "env": "name", "volumeMounts": "mountPath", "hostAliases": "ip", "ports": "containerPort",
}

// ListKey returns the field that identifies the elements of a list, by the list's name, or "".
func ListKey(list string) string { return listKeys[list] }

// listKey is ListKey for this field.
func (f Field) listKey() string { return listKeys[f.key] }

// At finds the field at a path; ok is false if nothing is there.
func (o *Object) At(path string) (Field, bool) {
	f := o.Root()
	var parents []Field
	for seg := range segments(path) {
		if len(parents) == 0 {
			parents = make([]Field, 8) // enough for most paths
		}
		parent := &parents[0]
		*parent, parents = f, parents[1:]
		sel, isElement := strings.CutPrefix(seg, "[")
		if !isElement {
			f = Field{obj: f.obj, node: yamldoc.Get(f.node, seg), parent: parent, key: seg}
			continue
		}
		i := f.indexOf(strings.TrimSuffix(sel, "]"))
		if i < 0 {
			return f, false
		}
		f = Field{obj: f.obj, node: yamldoc.Target(f.node.Content[i]), parent: parent, at: i}
	}
	return f, f.Exists()
}

// indexOf returns the index of the element that a selector selects, or -1.
func (f Field) indexOf(selector string) int {
	elements := yamldoc.Items(f.node)
	key, name, named := strings.Cut(selector, "=")
	if named && key == f.listKey() {
		return slices.IndexFunc(elements, func(n *yaml.Node) bool { return isNamed(n, key, name) })
	}
	if i, err := strconv.Atoi(selector); err == nil && i >= 0 && i < len(elements) {
		return i
	}
	return -1
}

// segments splits a path at its dots, except those in brackets: a.b[name=c.d] gives a, b, [name=c.d].
func segments(path string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for path := path; path != ""; {
			end := 0
			for end < len(path) && path[end] != '.' && path[end] != '[' {
				end++
			}
			if path[0] == '[' {
				if end = strings.IndexByte(path, ']') + 1; end == 0 {
					end = len(path)
				}
			}
			if !yield(path[:end]) {
				return
			}
			path = strings.TrimPrefix(path[end:], ".")
		}
	}
}

// SplitPath splits off the last key of a path; key is "" if the path ends in an element of a list.
func SplitPath(path string) (parent, key string) {
	for key = range segments(path) {
	}
	if key == "" || key[0] == '[' {
		return "", ""
	}
	return strings.TrimSuffix(path[:len(path)-len(key)], "."), key
}
