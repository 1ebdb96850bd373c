package kube

import (
	"errors"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/yamldoc"
)

// Item is one document of the input, or one that the run adds.
type Item struct {
	File  string // file that it came from; "" if unknown
	Index int    // index of the document in the file
	Line  int    // 1-based line of the document in the file; 0 if unknown
	Added bool   // added by this run
	Gone  bool   // removed by this run

	doc *yamldoc.Document
	ids []identity // its objects
}

// ReadItem parses a document and fails on bad YAML. The item keeps no tree. It keeps the identities of its objects,
// and the file from a host's annotations.
func ReadItem(text string) (item *Item, err error) {
	item = &Item{}
	item.doc, err = yamldoc.ParseAndView(text, func(root *yaml.Node) {
		for _, o := range (&Set{}).objects(&Object{item: item, top: root}) {
			item.ids = append(item.ids, o.identity())
		}
		item.locate(root)
	})
	if err != nil {
		return nil, err
	}
	return item, nil
}

// Objects returns the number of Kubernetes objects in the document: those with a kind.
func (i *Item) Objects() (n int) {
	for _, id := range i.ids {
		if id.kind != "" {
			n++
		}
	}
	return n
}

// Names returns the kind, namespace and name of each object in the document.
func (i *Item) Names() (all []report.Object) {
	for _, id := range i.ids {
		all = append(all, report.Object{Kind: id.kind, Namespace: id.namespace, Name: id.name})
	}
	return all
}

// Document returns the item's document, including its edits.
func (i *Item) Document() *yamldoc.Document { return i.doc }

// ExpandAliases replaces the item's document by one with its aliases and merge keys expanded.
func (i *Item) ExpandAliases(doc *yamldoc.Document) error {
	written, err := doc.Edit(func(d *yamldoc.Draft) error {
		d.Expand()
		return nil
	})
	if err == nil {
		i.doc = written
	}
	return i.named(err)
}

// AmbiguousError is the error for an edit of a document that parsers read differently.
type AmbiguousError struct {
	Object report.Object // the first of the document
	*yamldoc.MergeOrderError
}

// named adds the document's object to an error.
func (i *Item) named(err error) error {
	if e := (*yamldoc.MergeOrderError)(nil); errors.As(err, &e) {
		names := append(i.Names(), report.Object{})
		return &AmbiguousError{names[0], e}
	}
	return err
}
