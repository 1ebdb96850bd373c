package kube

import (
	"iter"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/steps"
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
	steps.Count(len(elements))
	items := make([]Field, 0, len(elements))
	for i, n := range elements {
		items = append(items, Field{obj: f.obj, node: yamldoc.Target(n), parent: &f, at: i})
	}
	return items
}

// Exists says whether something other than null stands there.
func (f Field) Exists() bool { return f.node != nil }

// Text is the scalar at the path below the field; "" where there is none.
func (f Field) Text(path ...string) string { return yamldoc.Text(f.node, path...) }

// True says whether the boolean at the path below the field is true.
func (f Field) True(path ...string) bool { return yamldoc.IsTrue(yamldoc.Get(f.node, path...)) }

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

// FileLine is the line of the field in its file, from 1; 0 where it is not known.
func (f Field) FileLine() int {
	if f.node == nil || f.node.Line == 0 || f.obj.item.Line == 0 {
		return 0
	}
	return f.obj.item.Line + f.node.Line - 1
}

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

// Name is the key under which the field stands in its mapping; "" for an element of a list.
func (f Field) Name() string { return f.key }

// Parent is the field that this one is in; of the root it is itself.
func (f Field) Parent() *Field {
	if f.parent == nil {
		return &f
	}
	return f.parent
}
