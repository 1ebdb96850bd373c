package kube

import (
	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/yamldoc"
)

// Item is one document of the input, or one that the run adds.
type Item struct {
	File  string // where it came from; "" where unknown
	Index int    // of the document in the file
	Line  int    // of the document's first line in the file, from 1; 0 where unknown
	Added bool   // made by this run
	Gone  bool   // removed by this run

	doc *yamldoc.Document
	ids []identity // of the objects in it
}

// ReadItem reads a document, and fails on bad YAML. The item keeps no tree: it remembers the names of its objects, and
// the file in the annotations of an orchestrator.
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

// Objects is the number of Kubernetes objects in the document: those with a kind.
func (i *Item) Objects() (n int) {
	for _, id := range i.ids {
		if id.kind != "" {
			n++
		}
	}
	return n
}

// Document is the item's document, with the edits that were carried out.
func (i *Item) Document() *yamldoc.Document { return i.doc }

// WriteOut gives the item another document, with its aliases and merge keys written out.
func (i *Item) WriteOut(doc *yamldoc.Document) error {
	written, err := doc.Edit(func(d *yamldoc.Draft) error {
		d.Expand()
		return nil
	})
	if err == nil {
		i.doc = written
	}
	return err
}
