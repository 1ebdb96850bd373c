package journal

import (
	"fmt"
	"slices"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/yamldoc"
)

// Revert reverts the conversion. What somebody else has changed since is kept with a warning, if it is valid without
// the conversion. If a part cannot be reverted, Revert reports an error.
func (c *Conversion) Revert() (ok bool) {
	annotations := c.o.Root().Get("metadata", "annotations")
	c.drop(annotations, map[string]string{Annotation: ""})
	// Added entries are dropped first: the recorded index of a restored entry counts the original entries only.
	// kustomize sorts the keys of its output, so added keys may come before it.
	for _, comesBack := range []bool{false, true} {
		for _, e := range slices.Backward(c.j.Edits) {
			if (len(e.Put) > 0 || e.Was != "") != comesBack {
				continue
			}
			if err := c.revertEdit(e); err != nil {
				annotations.Error(Damaged(err))
				return false
			}
		}
	}
	for _, l := range c.j.Lines {
		c.reprint(l)
	}
	return !c.reportRemains()
}

// reprint restores the original text of an entry, if the text still equals the entry.
func (c *Conversion) reprint(l line) {
	if l.In == "" {
		c.reprintWhole(l.Text)
		return
	}
	f, ok := c.o.At(l.In)
	if !ok {
		return
	}
	e, err := parseEntry(l.Text)
	if err == nil && yamldoc.Equal(e.Value, f.Node()) {
		f.PrintAs(l.Text)
	}
}

func (c *Conversion) revertEdit(e edit) error {
	f, ok := c.o.At(e.In)
	if !ok && len(e.Put) > 0 {
		parent, key := kube.SplitPath(e.In)
		if p, there := c.o.At(parent); there && key != "" {
			entry, err := c.parse(e.Put[0].Text)
			if err != nil {
				return err
			}
			kind := yaml.SequenceNode
			if entry.Key != nil {
				kind = yaml.MappingNode
			}
			f, ok = p.Get(key).Make(kind), true
		}
	}
	if !ok {
		for _, p := range e.Put {
			f.Warn(report.Because(report.RevertLost, "the list or mapping that held this entry before "+
				"the conversion is gone; restore the entry by hand: %s", p.Text))
		}
		return nil
	}
	if err := c.checkMerge(f, e); err != nil {
		return err
	}
	c.drop(f, e.Drop)
	if err := c.put(f, e.Put); err != nil {
		return err
	}
	if !e.Made || len(f.Node().Content) > 0 {
		return nil
	}
	if parent := f.Parent(); e.Was != "" {
		return parent.RestoreEntry(0, e.Was)
	}
	f.RemoveIfEmpty()
	return nil
}

// drop removes the entries that the conversion added. An entry that somebody has changed since is kept, unless it has
// no meaning without the conversion.
func (c *Conversion) drop(f kube.Field, names map[string]string) {
	if len(names) == 0 {
		return
	}
	for _, e := range slices.Backward(f.Entries()) {
		was, ours := names[e.Name]
		if !ours {
			continue
		}
		if f.Name() == "hostAliases" {
			dropAliases(f, e, was)
			continue
		}
		if now := kube.ShortValue(e.Value); was != "" && now != was && !c.needsConversion(f, e.Name) {
			f.Warn(report.Because(report.RevertKept, "the conversion added %s with the value %q, and somebody has "+
				"changed it to %q since: kept", e.Name, was, now))
			continue
		}
		f.DropEntry(e.At)
	}
}

// needsConversion reports whether an entry has no meaning without the conversion. The command of a rewritten job names
// objects that kustomize and Helm rename, and is useless without the image and the service account beside it.
func (c *Conversion) needsConversion(f kube.Field, name string) bool {
	if c.role != cleanup {
		return false
	}
	place, _ := c.place(f.Path())
	return place == "container" && slices.Contains([]string{"args", "command", "image"}, name) ||
		place == "pod" && name == "serviceAccountName" || place == "metadata.annotations" ||
		place == "template.metadata.annotations" && name == TargetAnnotation
}

// put restores entries, unless somebody has put another entry in their place since.
func (c *Conversion) put(f kube.Field, puts []put) error {
	there := f.Entries() // before any is restored: several may have one name
	for _, p := range puts {
		entry, err := c.parse(p.Text)
		if err != nil || (entry.Key == nil) != (f.Node().Kind == yaml.SequenceNode) {
			return fmt.Errorf("%s: not an entry of it: %q", f.Path(), p.Text)
		}
		name := kube.EntryName(f.Name(), entry)
		i := slices.IndexFunc(there, func(e kube.Entry) bool { return e.Name == name && (entry.Key != nil || isNamed(f, e)) })
		if i < 0 {
			if err := f.RestoreEntry(p.At, p.Text); err != nil {
				return err
			}
			continue
		}
		if err := c.putOver(f, p, entry, there[i]); err != nil {
			return err
		}
	}
	return nil
}

// isNamed reports whether an element has a name of its own, and not just an index.
func isNamed(f kube.Field, e kube.Entry) bool {
	return kube.ListKey(f.Name()) != "" || yamldoc.Target(e.Value).Kind == yaml.ScalarNode
}

// putOver restores an entry where one of its name exists.
func (c *Conversion) putOver(f kube.Field, p put, entry yamldoc.Entry, now kube.Entry) error {
	switch {
	case yamldoc.Equal(now.Value, entry.Value):
		return nil // an alias: it was restored together with its anchor
	case isPart(now.Value, entry.Value):
		return f.ReplaceEntry(index(f, now), p.Text)
	case p.Now != "" && fingerprint(now.Value) == p.Now:
		return f.RestoreEntry(p.At, p.Text)
	case c.needsConversion(f, now.Name):
		f.Info(report.Because(report.RevertDiscarded, "%s was changed since the conversion, but has no meaning without it: "+
			"the original value is restored", now.Name))
		return f.RestoreEntry(p.At, p.Text)
	}
	f.Warn(report.Because(report.RevertKept, "the conversion changed %s, and somebody has changed it again since: "+
		"that value is kept; before the conversion it was %s", now.Name, p.Text))
	return nil
}

func index(f kube.Field, e kube.Entry) int {
	return slices.IndexFunc(f.Entries(), func(other kube.Entry) bool { return other.Value == e.Value })
}

// isPart reports whether a mapping or list holds only a part of another one. kpt's merge restores what upstream has,
// but omits scalars that are equal in both versions (name: docker-sock, hostPath: {}; volumeMounts: []).
func isPart(part, whole *yaml.Node) bool {
	part, whole = yamldoc.Target(part), yamldoc.Target(whole)
	switch {
	case part == nil || whole == nil || part.Kind != whole.Kind:
		return false
	case part.Kind == yaml.SequenceNode:
		return !slices.ContainsFunc(part.Content, func(v *yaml.Node) bool {
			return !slices.ContainsFunc(whole.Content, func(of *yaml.Node) bool { return isEqualOrPart(v, of) })
		})
	case part.Kind != yaml.MappingNode:
		return false
	}
	for key, v := range yamldoc.Entries(part) {
		if of := yamldoc.Get(whole, key); of == nil || !isEqualOrPart(v, of) {
			return false
		}
	}
	return true
}

func isEqualOrPart(part, whole *yaml.Node) bool {
	return yamldoc.Equal(yamldoc.Target(part), yamldoc.Target(whole)) || isPart(part, whole)
}

// reportRemains reports an error for each part of the conversion that is left and cannot work: a mount without its
// volume, a daemon without its volumes.
func (c *Conversion) reportRemains() (found bool) {
	rest := func(f kube.Field, what string) {
		found = true
		f.Error(report.Because(report.RevertIncomplete, "%s of the conversion would be left behind, so nothing was changed: "+
			"somebody has edited it since; undo that edit, or finish the revert by hand", what))
	}
	for _, pod := range c.o.Pods() {
		if !pod.Known {
			continue
		}
		for _, container := range pod.Containers() {
			if c.role == client && (container.Name() == c.j.Daemon || IsPruner(container)) {
				rest(container.Field, "a container")
			}
			if c.role == cleanup && isExec(container.Field) {
				rest(container.Get("command"), "the command")
			}
			for _, m := range container.Mounts() {
				if isOwnMount(c, value{node: m.Node()}) {
					rest(m, "a mount")
				}
			}
		}
		for _, v := range pod.Get("volumes").Items() {
			if IsOwnVolume(v.Text("name")) {
				rest(v, "a volume")
			}
		}
	}
	return found
}
