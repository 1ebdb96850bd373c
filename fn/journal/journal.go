// Package journal is how a conversion is undone. What a conversion did to an object is recorded in an annotation of the
// object, from the difference between its tree and the text that was parsed: passes know nothing of it.
//
// A journal is read from a manifest, so it is untrusted input. It counts only on an object that carries the marks of a
// conversion (marks.go), and may name only places, entries and values that a conversion writes or removes (policy.go).
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
	maxEdits = 4096 // entries that are added, removed, replaced or printed
	maxDepth = 32   // of the YAML in one text
)

// journal is the annotation's content.
type journal struct {
	Version int    `json:"version" yaml:"version"`
	Object  string `json:"object" yaml:"object"` // Kind/name when it was converted
	Mark    `yaml:",inline"`
	Edits   []edit `json:"edits" yaml:"edits"`
	Lines   []line `json:"lines,omitempty" yaml:"lines,omitempty"`
}

// Mark is what a conversion says of an object besides its edits.
type Mark struct {
	// Daemon is the name of the daemon's container, in the object or where its command is run.
	Daemon string `json:"daemon,omitempty" yaml:"daemon,omitempty"`
	// Serves is the workload, as Kind/name, whose daemon a rewritten job cleans.
	Serves string `json:"serves,omitempty" yaml:"serves,omitempty"`
	// Generated are the objects, as Kind/name, that were generated for the workload, in its namespace.
	Generated []string `json:"generated,omitempty" yaml:"generated,omitempty"`
}

// edit is what was changed in one list or mapping.
type edit struct {
	In string `json:"in" yaml:"in"` // path from the object's root; "" for the root
	// the list or mapping was made, and goes when nothing is left in it
	Made bool `json:"made,omitempty" yaml:"made,omitempty"`
	// of one that was made where null stood: the entry as it was
	Was string `json:"was,omitempty" yaml:"was,omitempty"`
	// entries that were added: name, and value where it is short
	Drop map[string]string `json:"drop,omitempty" yaml:"drop,omitempty"`
	Put  []put             `json:"put,omitempty" yaml:"put,omitempty"` // entries that were removed or replaced
}

// put is one entry as it was.
type put struct {
	At   int    `json:"at" yaml:"at"`     // index among the entries
	Text string `json:"text" yaml:"text"` // as it stood in the manifest, in the first column
	// the value that replaced it; sum: and a hash where that is long
	Now string `json:"now,omitempty" yaml:"now,omitempty"`
}

// line is an entry that was edited inside, and whose spacing and quotes went with that.
type line struct {
	In   string `json:"in" yaml:"in"`     // path from the object's root
	Text string `json:"text" yaml:"text"` // as it stood in the manifest, in the first column
}

// On says whether the object carries a journal.
func On(o *kube.Object) bool {
	for key := range yamldoc.Entries(o.Root().Get("metadata", "annotations").Node()) {
		if key == Annotation {
			return true
		}
	}
	return false
}

// read decodes the annotation, strictly and within the limits.
func read(text string) (j journal, err error) {
	if len(text) > limits.Journal {
		return j, fmt.Errorf("it has %d bytes, more than %d", len(text), limits.Journal)
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
		return j, fmt.Errorf("version %d is not known to this dindify, which reads versions 1 and %d: use the dindify "+
			"that wrote it", j.Version, version)
	}
	if n := j.count(); n > maxEdits {
		return j, fmt.Errorf("it has %d edits, more than %d", n, maxEdits)
	}
	return j, nil
}

// decode reads the journal from a tree that has nothing in it but a journal.
func (j *journal) decode(root *yaml.Node) error {
	if err := plain(root, maxDepth); err != nil {
		return err
	}
	if err := known(root, reflect.TypeFor[journal]()); err != nil {
		return err
	}
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

// plain refuses what no journal has in its YAML: aliases, anchors, tags of others, and structure deeper than that.
func plain(n *yaml.Node, depth int) error {
	switch {
	case n == nil:
		return fmt.Errorf("it is empty")
	case depth == 0:
		return fmt.Errorf("it is nested deeper than %d", maxDepth)
	case n.Kind == yaml.AliasNode || n.Anchor != "":
		return fmt.Errorf("line %d: it has an alias or an anchor", n.Line)
	}
	for _, c := range n.Content {
		if err := plain(c, depth-1); err != nil {
			return err
		}
	}
	return nil
}

// known refuses a field that the type has not.
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
				return fmt.Errorf("line %d: field %q is not known", n.Content[i].Line, n.Content[i].Value)
			}
			if err := known(n.Content[i+1], f); err != nil {
				return err
			}
		}
	}
	return nil
}

// field is the type of a struct's field of that key.
func field(t reflect.Type, key string) (reflect.Type, bool) {
	of, done := fields.Load(t)
	if !done {
		of, _ = fields.LoadOrStore(t, fieldsOf(t))
	}
	f, ok := of.(map[string]reflect.Type)[key]
	return f, ok && key != ""
}

// fields are those of the types of a journal, by key; each is looked at once.
var fields sync.Map

func fieldsOf(t reflect.Type) map[string]reflect.Type {
	all := map[string]reflect.Type{}
	for name, f := range jsontag.Fields(t) {
		all[name] = f.Type
	}
	return all
}
