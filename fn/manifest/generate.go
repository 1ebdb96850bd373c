package manifest

import (
	"path"
	"slices"
	"strconv"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/document"
)

// Annotations by which orchestrators know the file of an object. A function sets them on new objects only.
const (
	pathAnnotation  = "internal.config.kubernetes.io/path"
	indexAnnotation = "internal.config.kubernetes.io/index"
)

// Add puts a new object into the set, behind everything else, or into the slot of the one of the same kind and name that
// this run removed: a run that generates the same again changes nothing, and the order stays.
func (s *Set) Add(owner *Object, value any) error {
	root, err := document.Build(value)
	if err != nil {
		return err
	}
	doc, err := document.New(root)
	if err != nil {
		return err
	}
	item := &Item{Added: true, doc: doc, File: owner.item.File}
	made := &Object{set: s, item: item, node: doc.Root()}
	i := slices.IndexFunc(s.Items, func(old *Item) bool { return old.Gone && same(s, old, made) })
	if i < 0 {
		item.locate(owner)
		s.Items = append(s.Items, item)
		return nil
	}
	old := s.Items[i]
	old.Gone = false
	if !made.equals(&Object{set: s, item: old, node: old.doc.Root()}) {
		old.doc = inherit(doc, old.doc)
	}
	return nil
}

func same(s *Set, old *Item, made *Object) bool {
	o := &Object{set: s, item: old, node: old.doc.Root()}
	return o.IsGenerated() && o.Kind() == made.Kind() && o.Group() == made.Group() && o.Name() == made.Name() && o.Namespace() == made.Namespace()
}

// equals compares two objects, the orchestrators' own annotations aside.
func (o *Object) equals(old *Object) bool {
	return sameTree(o.node, old.node, "")
}

func sameTree(a, b *yaml.Node, at string) bool {
	a, b = document.Target(a), document.Target(b)
	if a == nil || b == nil || a.Kind != b.Kind {
		return a == b
	}
	switch a.Kind {
	case yaml.MappingNode:
		ka, kb := keysOf(a, at), keysOf(b, at)
		slices.Sort(ka)
		slices.Sort(kb)
		return slices.Equal(ka, kb) && !slices.ContainsFunc(ka, func(k string) bool {
			return !sameTree(document.Get(a, k), document.Get(b, k), join(at, k))
		})
	case yaml.SequenceNode:
		return slices.EqualFunc(a.Content, b.Content, func(x, y *yaml.Node) bool { return sameTree(x, y, at+"[]") })
	}
	return a.Value == b.Value && a.ShortTag() == b.ShortTag()
}

func keysOf(n *yaml.Node, at string) []string {
	keys := document.Keys(n)
	if at == "metadata.annotations" {
		keys = slices.DeleteFunc(keys, isOrchestrators)
	}
	return keys
}

// inherit gives a new document the orchestrators' annotations of the old one.
func inherit(doc, old *document.Document) *document.Document {
	annotations := document.Get(doc.Root(), "metadata", "annotations")
	for _, key := range document.Keys(old.Root(), "metadata", "annotations") {
		if isOrchestrators(key) {
			doc.Set(annotations, key, document.Str(document.Text(old.Root(), "metadata", "annotations", key)))
		}
	}
	if next, err := doc.Render(); err == nil {
		return next
	}
	return doc
}

// locate names a file for a new object, beside its owner's, where the orchestrator works with files.
func (i *Item) locate(owner *Object) {
	file := owner.Annotation(pathAnnotation)
	if file == "" {
		return
	}
	root := i.doc.Root()
	name := document.Text(root, "kind") + "_" + document.Text(root, "metadata", "name") + ".yaml"
	annotations := document.Get(root, "metadata", "annotations")
	i.doc.Set(annotations, pathAnnotation, document.Str(path.Join(path.Dir(file), strings.ToLower(name))))
	i.doc.Set(annotations, indexAnnotation, document.Str(strconv.Itoa(0)))
	if next, err := i.doc.Render(); err == nil {
		i.doc = next
	}
}

// Locate takes the item's file from the orchestrator's annotations, today's or those of before kyaml 0.12.
func (i *Item) Locate() {
	get := func(name string) string {
		if v := document.Text(i.doc.Root(), "metadata", "annotations", "internal."+name); v != "" {
			return v
		}
		return document.Text(i.doc.Root(), "metadata", "annotations", name)
	}
	i.File = get("config.kubernetes.io/path")
	i.Index, _ = strconv.Atoi(get("config.kubernetes.io/index"))
}
