package journal

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/yamldoc"
)

// recorder collects the changes of one object.
type recorder struct {
	*yamldoc.Recorder
	j *journal
}

// record walks the object and records the changes of every edited collection, outer ones first, and the text of the
// entries that will be reprinted.
func (r recorder) record(f kube.Field) {
	n := f.Node()
	if n == nil || n.Kind == yaml.ScalarNode || n.Line == 0 {
		return // an added entry is recorded with the collection that it was added to
	}
	r.recordChange(f)
	again := r.Reprinted(n)
	for _, child := range r.children(f) {
		r.record(child)
		for _, e := range again {
			if e.Value == child.Node() {
				r.j.Lines = append(r.j.Lines, line{In: child.Path(), Text: e.Text})
			}
		}
	}
}

func (r recorder) recordChange(f kube.Field) {
	c, ok := r.Of(f.Node())
	if !ok {
		return
	}
	e := edit{In: f.Path()}
	for _, a := range c.Added {
		if a.Key == nil || a.Key.Value != Annotation {
			r.recordAdded(f, a, &e)
		}
	}
	for _, old := range c.Removed {
		e.Put = append(e.Put, put{At: old.At, Text: old.Text})
	}
	for _, old := range c.Replaced {
		if shared(old.Key.Value) && yamldoc.IsNull(old.Value) {
			r.recordMade(f.Get(old.Key.Value), old.Text)
			continue
		}
		e.Put = append(e.Put, put{At: old.At, Text: old.Text, Now: fingerprint(f.Get(old.Key.Value).Node())})
	}
	if len(e.Drop)+len(e.Put) > 0 {
		r.j.Edits = append(r.j.Edits, e)
	}
}

// children returns the fields below that have edits in them.
func (r recorder) children(f kube.Field) (all []kube.Field) {
	if f.Node().Kind == yaml.SequenceNode {
		for _, item := range f.Items() {
			if r.Touched(item.Node()) {
				all = append(all, item)
			}
		}
		return all
	}
	for key, value := range yamldoc.Entries(f.Node()) {
		if r.Touched(yamldoc.Target(value)) {
			all = append(all, f.Get(key))
		}
	}
	return all
}

// recordAdded records an added entry. For a list or mapping that others may add to, it records the single entries, so
// that a revert keeps theirs.
func (r recorder) recordAdded(f kube.Field, a yamldoc.Entry, e *edit) {
	name := kube.EntryName(f.Name(), a)
	if a.Key != nil && shared(name) {
		r.recordMade(f.Get(name), "")
		return
	}
	if e.Drop == nil {
		e.Drop = map[string]string{}
	}
	e.Drop[name] = kube.ShortValue(a.Value)
	if f.Name() == "hostAliases" {
		e.Drop[name] = aliasNames(a.Value)
	}
}

// recordMade records a list or mapping that was created, with its entries. was is the null entry that it replaced.
func (r recorder) recordMade(made kube.Field, was string) {
	at := len(r.j.Edits)
	inner := edit{In: made.Path(), Made: true, Was: was}
	r.j.Edits = append(r.j.Edits, inner) // before its entries: a revert goes backwards, and empties it from the inside
	n, k := made.Node(), 1
	if n.Kind == yaml.MappingNode {
		k = 2
	}
	for i := 0; i < len(n.Content); i += k {
		sub := yamldoc.Entry{At: i / k, Value: n.Content[i+k-1]}
		if k == 2 {
			sub.Key = n.Content[i]
		}
		if k == 1 || sub.Key.Value != Annotation {
			r.recordAdded(made, sub, &inner)
		}
	}
	r.j.Edits[at] = inner
}

// shared reports whether others add entries to the field too.
func shared(key string) bool {
	return slices.Contains([]string{
		"annotations", "containers", "env", "hostAliases", "initContainers", "metadata", "securityContext",
		"supplementalGroups", "volumeMounts", "volumes",
	}, key)
}

// fingerprint returns a value as the journal records it: a short scalar itself, anything longer as a hash.
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
