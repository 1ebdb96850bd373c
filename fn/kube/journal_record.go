package kube

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"iter"
	"slices"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/yamldoc"
)

// record goes down the object and notes the change of every edited collection, the outer ones first, and the text of the
// entries that will be printed anew.
func (f Field) record(rec *yamldoc.Recorder, j *journal) {
	if f.node == nil || f.node.Kind == yaml.ScalarNode || f.node.Line == 0 {
		return // what was added is noted as an entry of what it was added to
	}
	f.recordChange(rec, j)
	again := rec.Reprinted(f.node)
	for child := range f.children(rec) {
		child.record(rec, j)
		for _, e := range again {
			if e.Value == child.node {
				j.Lines = append(j.Lines, line{In: child.Path(), Text: e.Text})
			}
		}
	}
}

func (f Field) recordChange(rec *yamldoc.Recorder, j *journal) {
	c, ok := rec.Of(f.node)
	if !ok {
		return
	}
	e := edit{In: f.Path()}
	for _, a := range c.Added {
		if a.Key == nil || a.Key.Value != JournalAnnotation {
			f.recordAdded(a, &e, j)
		}
	}
	for _, r := range c.Removed {
		e.Put = append(e.Put, put{At: r.At, Text: r.Text})
	}
	for _, r := range c.Replaced {
		if shared(r.Key.Value) && yamldoc.IsNull(r.Value) {
			f.recordMade(r.Key.Value, r.Text, j)
			continue
		}
		e.Put = append(e.Put, put{At: r.At, Text: r.Text, Now: fingerprint(f.Get(r.Key.Value).node)})
	}
	if len(e.Drop)+len(e.Put) > 0 {
		j.Edits = append(j.Edits, e)
	}
}

// children are the fields below in which something was edited.
func (f Field) children(rec *yamldoc.Recorder) iter.Seq[Field] {
	return func(yield func(Field) bool) {
		if f.node.Kind == yaml.SequenceNode {
			for i, n := range f.node.Content {
				if rec.Touched(n) && !yield(Field{obj: f.obj, node: yamldoc.Target(n), parent: &f, at: i}) {
					return
				}
			}
			return
		}
		for key, value := range yamldoc.Entries(f.node) {
			if rec.Touched(yamldoc.Target(value)) && !yield(f.Get(key)) {
				return
			}
		}
	}
}

// recordAdded notes an entry that was added. Of a list or mapping that others may add to, it notes the entries, so that
// theirs survive.
func (f Field) recordAdded(a yamldoc.Entry, e *edit, j *journal) {
	key := entryKey(f.listKey(), a)
	if a.Key == nil || !shared(key) {
		if e.Drop == nil {
			e.Drop = map[string]string{}
		}
		e.Drop[key] = shortValue(a.Value)
		return
	}
	f.recordMade(key, "", j)
}

// recordMade notes a list or mapping that was made, with all that is in it. Was is the entry that stood there with null.
func (f Field) recordMade(key, was string, j *journal) {
	made := f.Get(key)
	at := len(j.Edits)
	inner := edit{In: made.Path(), Made: true, Was: was}
	j.Edits = append(j.Edits, inner) // before those in it: undo goes backwards, and empties it from the inside
	k := 1
	if made.node.Kind == yaml.MappingNode {
		k = 2
	}
	for i := 0; i < len(made.node.Content); i += k {
		sub := yamldoc.Entry{Value: made.node.Content[i+k-1]}
		if k == 2 {
			sub.Key = made.node.Content[i]
		}
		if k == 2 && sub.Key.Value == JournalAnnotation {
			continue
		}
		made.recordAdded(sub, &inner, j)
	}
	j.Edits[at] = inner
}

// shared are the fields that others add to.
func shared(key string) bool {
	return slices.Contains([]string{
		"volumes", "initContainers", "containers", "hostAliases", "annotations", "securityContext", "supplementalGroups",
		"env", "volumeMounts", "metadata",
	}, key)
}

// entryKey names an entry in its collection: a key, the merge key of an element, or the scalar itself.
func entryKey(mergeKey string, e yamldoc.Entry) string {
	if e.Key != nil {
		return e.Key.Value
	}
	if v := yamldoc.Target(e.Value); v.Kind == yaml.ScalarNode {
		return v.Value
	}
	if mergeKey != "" {
		return yamldoc.Text(e.Value, mergeKey)
	}
	return fmt.Sprint(e.At)
}

// fingerprint is a value as the journal remembers it: a short scalar itself, anything longer by its hash.
func fingerprint(n *yaml.Node) string {
	if n = yamldoc.Target(n); n == nil {
		return ""
	}
	if n.Kind == yaml.ScalarNode && len(n.Value) <= 80 {
		return n.Value
	}
	var v any
	if err := n.Decode(&v); err != nil {
		return ""
	}
	data, err := json.Marshal(v)
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(data)
	return "sum:" + hex.EncodeToString(sum[:6])
}
