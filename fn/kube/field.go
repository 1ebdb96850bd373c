package kube

import (
	"iter"
	"slices"
	"strconv"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/yamldoc"
)

// Field is a place in an object, whether something stands there or not.
type Field struct {
	obj    *Object
	node   *yaml.Node // nil: nothing stands there
	parent *Field     // nil: the root
	key    string     // in the parent, a mapping; "" for an element of a sequence, and for what stands in a text
	at     int        // in the parent, a sequence; or one of those below
}

// Not the index of an element.
const (
	inText  = -1 // in a text that is read as YAML, or by its lines
	missing = -2 // the element does not exist; the key is the name that it would have
)

// Get goes down by mapping keys.
func (f Field) Get(keys ...string) Field {
	for _, key := range keys {
		parent := f
		f = Field{obj: parent.obj, node: yamldoc.Get(parent.node, key), parent: &parent, key: key}
	}
	return f
}

// Items are the elements of a sequence, each with the path that names it by its key where its list has one.
func (f Field) Items() []Field {
	if elements := yamldoc.Items(f.node); len(elements) > 0 {
		return f.items(elements)
	}
	return nil
}

func (f Field) items(elements []*yaml.Node) []Field {
	items := make([]Field, 0, len(elements))
	for i, n := range elements {
		items = append(items, Field{obj: f.obj, node: yamldoc.Target(n), parent: &f, at: i})
	}
	return items
}

// Path is where the field is, from the object's root: spec.template.spec.volumes[name=docker-sock].
func (f Field) Path() string {
	if f.parent == nil {
		return ""
	}
	return string(f.appendTo(make([]byte, 0, 128)))
}

func (f Field) appendTo(path []byte) []byte {
	if f.parent == nil {
		return path
	}
	path = f.parent.appendTo(path)
	switch {
	case f.at == missing:
	case f.key != "" && len(path) > 0:
		return append(append(path, '.'), f.key...)
	case f.key != "":
		return append(path, f.key...)
	case f.at == inText:
		return append(path, '|')
	}
	return append(append(append(path, '['), f.selector()...), ']')
}

// selector names an element: by its merge key where its list has one, else by its index.
func (f Field) selector() string {
	key, name := f.parent.listKey(), f.key
	if f.at != missing {
		name = yamldoc.Text(f.node, key)
	}
	if key == "" || name == "" || f.at != missing && f.isAmbiguous(key, name) {
		return strconv.Itoa(f.at)
	}
	return key + "=" + name
}

// isAmbiguous says whether another element of the list has the same name.
func (f Field) isAmbiguous(key, name string) bool {
	for i, n := range f.parent.node.Content {
		if i != f.at && yamldoc.Target(n) != f.node && yamldoc.Text(n, key) == name {
			return true
		}
	}
	return false
}

// Exists says whether something other than null stands there.
func (f Field) Exists() bool { return f.node != nil }

// Text is the scalar at the path below the field; "" where there is none.
func (f Field) Text(path ...string) string { return yamldoc.Text(f.node, path...) }

// True says whether the boolean at the path below the field is true.
func (f Field) True(path ...string) bool { return f.Text(path...) == "true" }

// Texts are the scalars of the sequence at the path below the field.
func (f Field) Texts(path ...string) []string {
	var all []string
	for _, n := range yamldoc.Items(f.node, path...) {
		all = append(all, yamldoc.Text(n))
	}
	return all
}

// Keys are the keys of a mapping.
func (f Field) Keys() []string { return yamldoc.Keys(f.node) }

// Values are the keys of a mapping, and the fields that they name.
func (f Field) Values() iter.Seq2[string, Field] {
	return func(yield func(string, Field) bool) {
		for key, n := range yamldoc.Entries(f.node) {
			if !yield(key, Field{obj: f.obj, node: yamldoc.Get(n), parent: &f, key: key}) {
				return
			}
		}
	}
}

// Node is what stands there; nil where nothing does. It is for reading only: edits go through the verbs of edit.go.
func (f Field) Node() *yaml.Node { return f.node }

// Object is what the field belongs to.
func (f Field) Object() *Object { return f.obj }

// Is says whether both are the same place.
func (f Field) Is(g Field) bool {
	moved := f.node != nil && f.at >= 0 && g.at >= 0 // perhaps: something was put before it
	switch {
	case f.obj != g.obj || f.node != g.node || f.key != g.key || f.at != g.at && !moved:
		return false
	case f.parent == nil || g.parent == nil:
		return f.parent == g.parent
	}
	return f.parent.Is(*g.parent) // an alias stands for the same node in several places
}

// Info notes something that was seen at this place and is worth knowing.
func (f Field) Info(why report.Reason) { f.say(report.Info, why) }

// Warn notes something at this place that will not work as before, and what to do about it.
func (f Field) Warn(why report.Reason) { f.say(report.Warning, why) }

// Error notes what makes the run fail.
func (f Field) Error(why report.Reason) { f.say(report.Error, why) }

// Warning is what Warn would note.
func (f Field) Warning(why report.Reason) report.Finding {
	return report.Finding{Severity: report.Warning, Reason: why, Path: f.Path(), Object: f.obj.Ref()}
}

func (f Field) say(s report.Severity, why report.Reason) {
	f.obj.say(report.Finding{Severity: s, Reason: why, Path: f.Path()})
}

// listKeys are the fields that tell the elements of a list apart, by the list's name (the API's merge keys).
var listKeys = map[string]string{
	"containers": "name", "initContainers": "name", "ephemeralContainers": "name", "steps": "name", "sidecars": "name",
	"volumes": "name", "env": "name", "volumeMounts": "mountPath", "hostAliases": "ip", "ports": "containerPort",
}

// ListKey is the field that tells the elements of a list apart, by the list's name; "" where there is none.
func ListKey(list string) string { return listKeys[list] }

// listKey is that of the list that the field is; "" where its elements have none.
func (f Field) listKey() string { return listKeys[f.key] }

// Entry is an entry of a list or mapping.
type Entry struct {
	At    int    // index among the entries
	Name  string // key of a mapping; of an element the value of its list's key, or the scalar that it is; else the index
	Value *yaml.Node
}

// Entries are the entries of the list or mapping that the field is.
func (f Field) Entries() []Entry {
	if f.node == nil || f.node.Kind == yaml.ScalarNode {
		return nil
	}
	k := step(f.node)
	all := make([]Entry, 0, len(f.node.Content)/k)
	for i := 0; i+k <= len(f.node.Content); i += k {
		e := yamldoc.Entry{At: i / k, Value: f.node.Content[i+k-1]}
		if k == 2 {
			e.Key = f.node.Content[i]
		}
		all = append(all, Entry{e.At, EntryName(f.key, e), e.Value})
	}
	return all
}

// EntryName names an entry of a list or mapping; list is what the list is called.
func EntryName(list string, e yamldoc.Entry) string {
	if e.Key != nil {
		return e.Key.Value
	}
	if v := yamldoc.Target(e.Value); v.Kind == yaml.ScalarNode {
		return v.Value
	}
	if key := listKeys[list]; key != "" {
		return yamldoc.Text(e.Value, key)
	}
	return strconv.Itoa(e.At)
}

// Name is the key under which the field stands in its mapping; "" for an element of a list.
func (f Field) Name() string { return f.key }

// At finds the place that a path names; ok is false where there is nothing.
func (o *Object) At(path string) (Field, bool) {
	f := o.Root()
	for _, seg := range segments(path) {
		sel, isElement := strings.CutPrefix(seg, "[")
		if !isElement {
			f = f.Get(seg)
			continue
		}
		i := f.indexOf(strings.TrimSuffix(sel, "]"))
		if i < 0 {
			return f, false
		}
		parent := f
		f = Field{obj: f.obj, node: yamldoc.Target(f.node.Content[i]), parent: &parent, at: i}
	}
	return f, f.Exists()
}

// indexOf finds the element of a list that a selector names; -1 where there is none.
func (f Field) indexOf(selector string) int {
	elements := yamldoc.Items(f.node)
	key, name, named := strings.Cut(selector, "=")
	if named && key == f.listKey() {
		return slices.IndexFunc(elements, func(n *yaml.Node) bool { return yamldoc.Text(n, key) == name })
	}
	if i, err := strconv.Atoi(selector); err == nil && i >= 0 && i < len(elements) {
		return i
	}
	return -1
}

// segments splits a path at its dots, those in brackets aside: a.b[name=c.d] is a, b, [name=c.d].
func segments(path string) []string {
	var all []string
	for path != "" {
		if path[0] == '[' {
			end := strings.IndexByte(path, ']')
			if end < 0 {
				return append(all, path)
			}
			all, path = append(all, path[:end+1]), strings.TrimPrefix(path[end+1:], ".")
			continue
		}
		end := strings.IndexAny(path, ".[")
		if end < 0 {
			return append(all, path)
		}
		all = append(all, path[:end])
		path = strings.TrimPrefix(path[end:], ".")
	}
	return all
}

// SplitPath splits the last key off a path; key is "" where the path ends in an element of a list.
func SplitPath(path string) (parent, key string) {
	segs := segments(path)
	if len(segs) == 0 || segs[len(segs)-1][0] == '[' {
		return "", ""
	}
	key = segs[len(segs)-1]
	return strings.TrimSuffix(path[:len(path)-len(key)], "."), key
}

// Parent is the field that this one is in; of the root it is itself.
func (f Field) Parent() *Field {
	if f.parent == nil {
		return &f
	}
	return f.parent
}
