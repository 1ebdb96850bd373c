package kube

import (
	"fmt"
	"slices"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/yamldoc"
)

// Converted says whether the object carries the journal of an earlier conversion.
func (o *Object) Converted() bool {
	for key := range yamldoc.Entries(yamldoc.Get(o.node, "metadata", "annotations")) {
		if key == JournalAnnotation {
			return true
		}
	}
	return false
}

// Revert takes back what the object's journal says. What somebody else has changed since is kept, and said. It returns
// the name that the object had when it was converted. A journal that is damaged, or that asks for more than dindify
// ever does, is an error and changes nothing.
func (o *Object) Revert() (title string, ok bool) {
	at := o.Root().Get("metadata", "annotations", JournalAnnotation)
	j, err := readJournal(at.Text())
	if err == nil {
		err = j.check(o)
	}
	if err != nil {
		at.Error(damaged(err))
		return "", false
	}
	annotations := o.Root().Get("metadata", "annotations")
	annotations.drop(map[string]string{JournalAnnotation: ""})
	for _, e := range slices.Backward(j.Edits) {
		if err := o.undo(e); err != nil {
			at.Error(damaged(err))
			return "", false
		}
	}
	for _, l := range j.Lines {
		o.reprint(l)
	}
	return j.Object, true
}

// reprint gives an entry the text that it had, if it says what it said then.
func (o *Object) reprint(l line) {
	f, ok := o.At(l.In)
	if !ok || f.parent == nil {
		return
	}
	e, err := yamldoc.ParseEntry(f.parent.node.Kind, l.Text)
	if err == nil && yamldoc.Equal(e.Value, f.node) {
		o.item.doc.Reprint(f.node, l.Text)
	}
}

func (o *Object) undo(e edit) error {
	f, ok := o.At(e.In)
	if !ok && len(e.Put) > 0 {
		parent, key := parentOf(e.In)
		if p, there := o.At(parent); there && key != "" {
			kind := yaml.SequenceNode
			if _, err := yamldoc.ParseEntry(kind, e.Put[0].Text); err != nil {
				kind = yaml.MappingNode
			}
			p.Get(key).ensure(kind)
			f, ok = o.At(e.In)
		}
	}
	if !ok {
		for _, p := range e.Put {
			f.Warn(report.Because(report.RevertLost, "there is no place any more for what was here before the conversion; put it back by hand: %s", p.Text))
		}
		return nil
	}
	f.drop(e.Drop)
	for _, p := range e.Put {
		if err := f.put(p); err != nil {
			return err
		}
	}
	if e.Made && len(f.node.Content) == 0 {
		return f.unmake(e.Was)
	}
	return nil
}

// unmake removes an empty list or mapping, or puts back the entry that stood there without a value.
func (f Field) unmake(was string) error {
	if was != "" && f.parent != nil {
		return f.obj.item.doc.Restore(f.parent.node, 0, was)
	}
	f.keepComments()
	f.removeIfEmpty()
	return nil
}

// keepComments lets the comments above a field that the conversion made stay: they were there before it.
func (f Field) keepComments() {
	if f.parent == nil || f.key == "" {
		return
	}
	for i := 0; i < len(f.parent.node.Content); i += 2 {
		if f.parent.node.Content[i].Value == f.key {
			f.obj.item.doc.KeepComments(f.parent.node.Content[i])
		}
	}
}

// drop removes the entries that the conversion added, unless somebody has changed them since.
func (f Field) drop(keys map[string]string) {
	k := step(f.node)
	for i := len(f.node.Content) - k; i >= 0; i -= k {
		e := yamldoc.Entry{At: i / k, Value: f.node.Content[i+k-1]}
		if k == 2 {
			e.Key = f.node.Content[i]
		}
		key := entryKey(f.listKey(), e)
		was, ours := keys[key]
		if !ours {
			continue
		}
		if now := shortValue(e.Value); was != "" && now != was {
			f.Warn(report.Because(report.RevertKept, "%s was added by the conversion as %q and is %q now: somebody changed it, so it stays", key, was, now))
			continue
		}
		f.obj.item.doc.KeepComments(f.node.Content[i]) // they were there before what was added below them
		if k == 2 {
			f.obj.item.doc.Delete(f.node, key)
		} else {
			f.obj.item.doc.Remove(f.node, f.node.Content[i])
		}
	}
}

// put brings back an entry as it was, unless somebody has put something else there since.
func (f Field) put(p put) error {
	e, err := yamldoc.ParseEntry(f.node.Kind, p.Text)
	if err != nil {
		return fmt.Errorf("%s: %w: %q", f.Path(), err, p.Text)
	}
	key := entryKey(f.listKey(), e)
	now, there := f.entry(key)
	if there && yamldoc.Equal(now, e.Value) {
		return nil // an alias: it came back where its anchor stands
	}
	if there && (p.Now == "" || fingerprint(now) != p.Now) {
		f.Warn(report.Because(report.RevertKept, "%s was changed by the conversion and by somebody else since: theirs stays; before the conversion it was %s", key, p.Text))
		return nil
	}
	return f.obj.item.doc.Restore(f.node, p.At, p.Text)
}

// entry is the value of the collection's entry of that name.
func (f Field) entry(key string) (*yaml.Node, bool) {
	k := step(f.node)
	for i := 0; i < len(f.node.Content); i += k {
		e := yamldoc.Entry{At: i / k, Value: f.node.Content[i+k-1]}
		if k == 2 {
			e.Key = f.node.Content[i]
		} else if f.listKey() == "" && yamldoc.Target(e.Value).Kind != yaml.ScalarNode {
			continue
		}
		if entryKey(f.listKey(), e) == key {
			return e.Value, true
		}
	}
	return nil, false
}

func step(n *yaml.Node) int {
	if n.Kind == yaml.MappingNode {
		return 2
	}
	return 1
}

func parentOf(path string) (parent, key string) {
	segs := segments(path)
	if len(segs) == 0 || segs[len(segs)-1][0] == '[' {
		return "", ""
	}
	key = segs[len(segs)-1]
	if len(segs) == 1 {
		return "", key
	}
	return path[:len(path)-len(key)-1], key
}
