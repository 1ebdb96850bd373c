package kube

import (
	"path"
	"slices"
	"strconv"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/yamldoc"
)

// Annotations in which hosts keep the file of an object. A function sets them on new objects only.
const (
	pathAnnotation  = "internal.config.kubernetes.io/path"
	indexAnnotation = "internal.config.kubernetes.io/index"
)

// PendingObject is a new object that is not in the set yet.
type PendingObject struct {
	identity
	item *Item             // where it goes: a new item, or the slot of a removed one
	doc  *yamldoc.Document // of the object, if the slot holds several
}

// Make creates a new object that belongs to an owner. If this run removed an object of the same kind and name, the
// new one takes its slot: a run that generates the same objects again changes nothing. It is safe for concurrent use.
func (s *Set) Make(owner *Object, value any) (*PendingObject, error) {
	made := &PendingObject{}
	var isSame bool
	doc, err := yamldoc.New(value, func(root *yaml.Node) {
		o := &Object{set: s, node: root}
		made.identity = o.identity()
		if made.item = s.removed[made.identity]; made.item == nil {
			o.locate(owner)
			return
		}
		made.item.doc.View(func(old *yaml.Node) {
			isSame = o.equals(&Object{set: s, item: made.item, node: old}) && !o.dropsNames(old)
			o.inherit(old)
		})
	})
	switch {
	case err != nil:
		return nil, err
	case made.item == nil:
		made.item = &Item{Added: true, File: owner.item.File, doc: doc, ids: []identity{made.identity}}
	case !isSame:
		made.doc = doc
	}
	return made, nil
}

// Add puts a pending object into the set: into its slot, or at the end.
func (s *Set) Add(made *PendingObject) {
	if made.item.Gone = false; made.item.Added {
		s.Items = append(s.Items, made.item)
	}
	if made.doc != nil {
		made.item.doc = made.doc
	}
	s.addToIndex(made.identity, made.item)
}

// equals compares two objects without labels and annotations: hosts and Helm add theirs.
func (o *Object) equals(old *Object) bool {
	return o.Annotation(ServesAnnotation) == old.Annotation(ServesAnnotation) &&
		equalBut(o.node, old.node, "metadata") &&
		equalBut(yamldoc.Get(o.node, "metadata"), yamldoc.Get(old.node, "metadata"), "annotations", "labels")
}

// equalBut compares two mappings without some keys.
func equalBut(a, b *yaml.Node, but ...string) bool {
	left := func(n *yaml.Node) (keys []string) {
		keys = slices.DeleteFunc(yamldoc.Keys(n), func(k string) bool { return slices.Contains(but, k) })
		slices.Sort(keys)
		return keys
	}
	keys := left(a)
	return slices.Equal(keys, left(b)) && !slices.ContainsFunc(keys, func(k string) bool {
		return !yamldoc.Equal(yamldoc.Get(a, k), yamldoc.Get(b, k))
	})
}

// formerNames are the annotations in which kustomize keeps an object's former names during a build.
var formerNames = []string{
	"internal.config.kubernetes.io/prefixes", "internal.config.kubernetes.io/suffixes",
	"internal.config.kubernetes.io/previousKinds", "internal.config.kubernetes.io/previousNames",
	"internal.config.kubernetes.io/previousNamespaces",
}

// inherit copies the hosts' annotations of the old object to the new one.
func (o *Object) inherit(old *yaml.Node) {
	drops := o.dropsNames(old)
	for _, key := range yamldoc.Keys(old, "metadata", "annotations") {
		if IsHostAnnotation(key) && (!drops || !slices.Contains(formerNames, key)) {
			o.annotate(key, yamldoc.Text(old, "metadata", "annotations", key))
		}
	}
}

// dropsNames reports whether the object is a service account and the old one has former names. The new RoleBinding uses
// the account's current name, but kustomize finds a subject's account by the account's first namespace.
func (o *Object) dropsNames(old *yaml.Node) bool {
	return o.Kind() == "ServiceAccount" && slices.ContainsFunc(formerNames, func(key string) bool {
		return yamldoc.Text(old, "metadata", "annotations", key) != ""
	})
}

// locate sets the file annotations of a new object to a file beside its owner's, if the host uses files.
func (o *Object) locate(owner *Object) {
	file := owner.Annotation(pathAnnotation)
	if file == "" {
		return
	}
	name := strings.ToLower(o.Kind() + "_" + o.Name() + ".yaml")
	o.annotate(pathAnnotation, path.Join(path.Dir(file), name))
	o.annotate(indexAnnotation, strconv.Itoa(0))
}

// annotate adds an annotation to an object under construction, which has some already.
func (o *Object) annotate(key, value string) {
	annotations := yamldoc.Get(o.node, "metadata", "annotations")
	annotations.Content = append(annotations.Content, yamldoc.Str(key), yamldoc.Str(value))
}

// locate reads the item's file from the host's annotations, in the current form or the one before kyaml 0.12.
func (i *Item) locate(root *yaml.Node) {
	get := func(name string) string {
		if v := yamldoc.Text(root, "metadata", "annotations", "internal."+name); v != "" {
			return v
		}
		return yamldoc.Text(root, "metadata", "annotations", name)
	}
	i.File = get("config.kubernetes.io/path")
	i.Index, _ = strconv.Atoi(get("config.kubernetes.io/index"))
}
