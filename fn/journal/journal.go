// Package journal records conversions and reverts them. It records what a conversion did to an object in an
// annotation of the object, as the difference between the edited tree and the parsed text. Passes do not know the
// journal.
//
// A journal is read from a manifest, so it is untrusted input. It counts only on an object that carries the marks of
// a conversion (marks.go), and may name only the places, entries and values that a conversion writes or removes
// (policy.go).
package journal

import (
	"cmp"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"sync"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/jsontag"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/limits"
	"github.com/boxp/dindify/fn/yamldoc"
)

const version = 2

// Limits of a journal besides its length.
const (
	maxEdits = 4096 // entries that are added, removed, replaced or reprinted
	maxDepth = 32   // of the YAML of one text
)

// journal is the content of the annotation.
type journal struct {
	Version int    `json:"version" yaml:"version"`
	Object  string `json:"object" yaml:"object"` // Kind/name at the time of the conversion
	Mark    `yaml:",inline"`
	Edits   []edit `json:"edits" yaml:"edits"`
	Lines   []line `json:"lines,omitempty" yaml:"lines,omitempty"`
}

// Mark is what a conversion records about an object besides its edits.
type Mark struct {
	// Daemon is the name of the daemon container, in this object or in the one where its command runs.
	Daemon string `json:"daemon,omitempty" yaml:"daemon,omitempty"`
	// Serves is the workload, as Kind/name, whose daemon a rewritten job cleans.
	Serves string `json:"serves,omitempty" yaml:"serves,omitempty"`
	// Generated lists the objects, as Kind/name, that were generated for the workload, in its namespace.
	Generated []string `json:"generated,omitempty" yaml:"generated,omitempty"`
}

// edit describes the changes of one list or mapping.
type edit struct {
	In string `json:"in" yaml:"in"` // path from the object's root; "" is the root
	// Made means that the conversion created the list or mapping; a revert removes it if it is empty then.
	Made bool `json:"made,omitempty" yaml:"made,omitempty"`
	// Was is the entry that Made replaced, if that was null.
	Was string `json:"was,omitempty" yaml:"was,omitempty"`
	// Drop maps the names of added entries to their values, if those are short.
	Drop map[string]string `json:"drop,omitempty" yaml:"drop,omitempty"`
	Put  []put             `json:"put,omitempty" yaml:"put,omitempty"` // Put lists the entries that were removed or replaced.
}

// put is one removed or replaced entry.
type put struct {
	At   int    `json:"at" yaml:"at"`     // index among the entries
	Text string `json:"text" yaml:"text"` // its text in the manifest, moved to the first column
	// Now is the value that replaced it; "sum:" and a hash if the value is long.
	Now string `json:"now,omitempty" yaml:"now,omitempty"`
}

// line is an entry whose text the conversion reprinted, because something in it was edited.
type line struct {
	In   string `json:"in" yaml:"in"`     // path from the object's root
	Text string `json:"text" yaml:"text"` // its text in the manifest, moved to the first column
}

// On reports whether the object carries a journal.
func On(o *kube.Object) bool {
	for key := range yamldoc.Entries(o.Root().Get("metadata", "annotations").Node()) {
		if key == Annotation {
			return true
		}
	}
	return false
}

// read decodes the annotation strictly and checks the limits.
func read(text string) (j journal, err error) {
	if len(text) > limits.Journal {
		return j, fmt.Errorf("it has %d bytes, more than the limit of %d", len(text), limits.Journal)
	}
	if strings.TrimSpace(text) == "" {
		return j, fmt.Errorf("it is empty")
	}
	var wrong error
	_, err = yamldoc.ParseAndView(text+"\n", func(root *yaml.Node) { wrong = j.decode(root) }) // see write
	if err = cmp.Or(err, wrong); err != nil {
		return j, err
	}
	if j.Version != version && j.Version != 1 {
		return j, fmt.Errorf("version %d is unknown to this dindify, which reads versions 1 and %d: use the dindify "+
			"that wrote it", j.Version, version)
	}
	if kind, _, ok := strings.Cut(j.Object, "/"); kind == "" || !ok { // an object may have no name
		return j, fmt.Errorf("its field object is %q, not Kind/name", j.Object)
	}
	if n := j.count(); n > maxEdits {
		return j, fmt.Errorf("it has %d edits, more than the limit of %d", n, maxEdits)
	}
	return j, nil
}

// decode decodes the journal from a tree that must hold nothing else.
func (j *journal) decode(root *yaml.Node) error {
	if err := plain(root, maxDepth); err != nil {
		return err
	}
	if err := known(root, reflect.TypeFor[journal]()); err != nil {
		return err
	}
	if toJournal(root, j) {
		return nil
	}
	*j = journal{}
	if err := root.Decode(j); err != nil {
		return errors.New(strings.TrimPrefix(err.Error(), "yaml: "))
	}
	return nil
}

func (j journal) count() int {
	n := len(j.Lines) + len(j.Generated)
	for _, e := range j.Edits {
		n += 1 + len(e.Drop) + len(e.Put)
	}
	return n
}

// plain refuses YAML that no journal contains: aliases, anchors, tags, and deeper nesting.
func plain(n *yaml.Node, depth int) error {
	switch {
	case n == nil:
		return fmt.Errorf("it is empty")
	case depth == 0:
		return fmt.Errorf("it is nested deeper than %d", maxDepth)
	case n.Kind == yaml.AliasNode || n.Anchor != "":
		return fmt.Errorf("line %d: it has an alias or an anchor", n.Line)
	case n.Style&yaml.TaggedStyle != 0:
		return fmt.Errorf("line %d: it has the tag %s", n.Line, n.Tag)
	}
	for _, c := range n.Content {
		if err := plain(c, depth-1); err != nil {
			return err
		}
	}
	return nil
}

// known refuses fields that the type does not have.
func known(n *yaml.Node, t reflect.Type) error {
	switch {
	case t.Kind() == reflect.Slice:
		for _, c := range n.Content {
			if err := known(c, t.Elem()); err != nil {
				return err
			}
		}
	case t.Kind() == reflect.Struct && n.Kind == yaml.MappingNode:
		for i := 0; i < len(n.Content); i += 2 {
			f, ok := field(t, n.Content[i].Value)
			if !ok {
				return fmt.Errorf("line %d: field %q is unknown", n.Content[i].Line, n.Content[i].Value)
			}
			if err := known(n.Content[i+1], f); err != nil {
				return err
			}
		}
	}
	return nil
}

// field returns the type of the struct field with that key.
func field(t reflect.Type, key string) (reflect.Type, bool) {
	of, done := fields.Load(t)
	if !done {
		of, _ = fields.LoadOrStore(t, fieldsOf(t))
	}
	f, ok := of.(map[string]reflect.Type)[key]
	return f, ok && key != ""
}

// fields caches the fields of the journal's types, by key.
var fields sync.Map

func fieldsOf(t reflect.Type) map[string]reflect.Type {
	all := map[string]reflect.Type{}
	for name, f := range jsontag.Fields(t) {
		all[name] = f.Type
	}
	return all
}
