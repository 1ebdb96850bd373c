package kube

import (
	"iter"
	"slices"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/steps"
	"github.com/boxp/dindify/fn/yamldoc"
)

// Field is a place in an object, which may be empty.
type Field struct {
	obj    *Object
	node   *yaml.Node // nil: nothing is there
	parent *Field     // nil: the root
	key    string     // in the parent mapping; "" for an element of a sequence and for a document in a text
	at     int        // in the parent sequence, or one of those below
}

// Values of index for what is not the element of a sequence.
const (
	inText  = -1 // in a text that is read as YAML, or as lines
	missing = -2 // an element that does not exist; the key is the name that it would have
)

// Get follows mapping keys.
func (f Field) Get(keys ...string) Field {
	parents := make([]Field, len(keys))
	for i, key := range keys {
		parents[i] = f
		f = Field{obj: f.obj, node: yamldoc.Get(f.node, key), parent: &parents[i], key: key}
	}
	return f
}

// Items returns the elements of a sequence. Their paths use the key of the list if it has one.
func (f Field) Items() []Field {
	if elements := yamldoc.Items(f.node); len(elements) > 0 {
		return f.items(elements)
	}
	return nil
}

func (f Field) items(elements []*yaml.Node) []Field {
	steps.Count(len(elements))
	items := make([]Field, len(elements)+1)
	parent := &items[len(elements)]
	*parent = f
	for i, n := range elements {
		items[i] = Field{obj: f.obj, node: yamldoc.Target(n), parent: parent, at: i}
	}
	return items[:len(elements):len(elements)]
}

// Exists reports whether the field has a value other than null.
func (f Field) Exists() bool { return f.node != nil }

// Text returns the scalar at the path below the field, or "".
func (f Field) Text(path ...string) string { return yamldoc.Text(f.node, path...) }

// True reports whether the boolean at the path below the field is true.
func (f Field) True(path ...string) bool { return yamldoc.IsTrue(yamldoc.Get(f.node, path...)) }

// Int returns the whole number that the field has.
func (f Field) Int() (n int, ok bool) { return yamldoc.Int(f.node) }

// Texts returns the scalars of the sequence at the path below the field.
func (f Field) Texts(path ...string) []string {
	items := yamldoc.Items(f.node, path...)
	all := slices.Grow([]string(nil), len(items))
	for _, n := range items {
		all = append(all, yamldoc.Text(n))
	}
	return all
}

// Keys returns the keys of a mapping.
func (f Field) Keys() []string { return yamldoc.Keys(f.node) }

// Values yields the keys and fields of a mapping.
func (f Field) Values() iter.Seq2[string, Field] {
	return func(yield func(string, Field) bool) {
		for key, n := range yamldoc.Entries(f.node) {
			if !yield(key, Field{obj: f.obj, node: yamldoc.Get(n), parent: &f, key: key}) {
				return
			}
		}
	}
}

// Node returns the node of the field, or nil. It is for reading only: edits use the methods of edit.go.
func (f Field) Node() *yaml.Node { return f.node }

// FileLine is the line of the field in its file, from 1; 0 where it is not known.
func (f Field) FileLine() int {
	if f.node == nil || f.node.Line == 0 || f.obj.item.Line == 0 {
		return 0
	}
	return f.obj.item.Line + f.node.Line - 1
}

// Object returns the object of the field.
func (f Field) Object() *Object { return f.obj }

// Is reports whether both are the same place.
func (f Field) Is(g Field) bool {
	moved := f.node != nil && f.at >= 0 && g.at >= 0 // perhaps: an element may have been inserted before it
	switch {
	case f.obj != g.obj || f.node != g.node || f.key != g.key || f.at != g.at && !moved:
		return false
	case f.parent == nil || g.parent == nil:
		return f.parent == g.parent
	}
	return f.parent.Is(*g.parent) // an alias gives the same node in several places
}

// Info adds an info finding for this field.
func (f Field) Info(why report.Reason) { f.addFinding(report.Info, why) }

// Warn adds a warning for this field: what will not work as before, and what to do about it.
func (f Field) Warn(why report.Reason) { f.addFinding(report.Warning, why) }

// Error adds an error for this field. The run fails.
func (f Field) Error(why report.Reason) { f.addFinding(report.Error, why) }

// Finding returns the finding that Info, Warn or Error would add.
func (f Field) Finding(s report.Severity, why report.Reason) report.Finding {
	return report.Finding{Severity: s, Reason: why, Path: f.Path(), Object: f.obj.Ref()}
}

func (f Field) addFinding(s report.Severity, why report.Reason) {
	f.obj.addFinding(report.Finding{Severity: s, Reason: why, Path: f.Path()})
}

// Name returns the key of the field in its mapping; "" for an element of a list.
func (f Field) Name() string { return f.key }

// Parent returns the field that this one is in; the root's parent is the root.
func (f Field) Parent() *Field {
	if f.parent == nil {
		return &f
	}
	return f.parent
}
