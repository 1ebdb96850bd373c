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

// Made is a new object that is not in the set yet.
type Made struct {
	identity
	item *Item      // its document; nil where it may go into a slot
	root *yaml.Node // its tree, where it may go into a slot
}

// Make makes a new object, beside the one that it is for. Several goroutines may make some.
func (s *Set) Make(owner *Object, value any) (*Made, error) {
	doc, err := document.Draft(value)
	if err != nil {
		return nil, err
	}
	made := &Object{set: s, node: doc.Root()}
	if s.removed[made.identity()] != nil {
		return &Made{identity: made.identity(), root: doc.Root()}, nil
	}
	made.locate(owner)
	id := made.identity()
	if err := doc.Write(); err != nil {
		return nil, err
	}
	doc.Release() // there may be thousands, and nobody looks at them again
	return &Made{identity: id, item: &Item{Added: true, File: owner.item.File, doc: doc, ids: []identity{id}}}, nil
}

// Add puts an object that was made into the set, behind everything else, or into the slot of the one of the same kind
// and name that this run removed: a run that generates the same again changes nothing, and the order stays.
func (s *Set) Add(made *Made) (err error) {
	if made.item != nil {
		s.Items = append(s.Items, made.item)
		s.learn(made.identity, made.item)
		return nil
	}
	old := s.removed[made.identity]
	old.Gone = false
	s.learn(made.identity, old)
	if o := (&Object{set: s, node: made.root}); !o.equals(&Object{set: s, item: old, node: old.doc.Root()}) {
		o.inherit(old.doc.Root())
		old.doc, err = document.New(made.root)
	}
	return err
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

// inherit gives a new object the orchestrators' annotations of the old one.
func (o *Object) inherit(old *yaml.Node) {
	for _, key := range document.Keys(old, "metadata", "annotations") {
		if isOrchestrators(key) {
			o.annotate(key, document.Text(old, "metadata", "annotations", key))
		}
	}
}

// locate names a file for a new object, beside its owner's, where the orchestrator works with files.
func (o *Object) locate(owner *Object) {
	file := owner.Annotation(pathAnnotation)
	if file == "" {
		return
	}
	name := strings.ToLower(o.Kind() + "_" + o.Name() + ".yaml")
	o.annotate(pathAnnotation, path.Join(path.Dir(file), name))
	o.annotate(indexAnnotation, strconv.Itoa(0))
}

// annotate adds to the annotations of an object that is being made; it has some.
func (o *Object) annotate(key, value string) {
	annotations := document.Get(o.node, "metadata", "annotations")
	annotations.Content = append(annotations.Content, document.Str(key), document.Str(value))
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
