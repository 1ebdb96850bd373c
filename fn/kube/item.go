package kube

import (
	"slices"

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

// ReadItem reads a document, and fails on bad YAML. The tree is let go: the item remembers what its objects are called, and
// the file that an orchestrator's annotations name.
func ReadItem(text string) (*Item, error) {
	doc, err := yamldoc.Read(text)
	if err != nil {
		return nil, err
	}
	item := &Item{doc: doc}
	for _, o := range (&Set{}).ObjectsOf(item) {
		item.ids = append(item.ids, o.identity())
	}
	item.locate()
	doc.Release()
	return item, nil
}

// Holds says whether one of the objects in the document is of a kind, whatever its group.
func (i *Item) Holds(kind string) bool {
	return slices.ContainsFunc(i.ids, func(id identity) bool { return id.kind == kind })
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

// Render renders the edits of the document into its text. Objects that were found in it are not valid any more.
func (i *Item) Render() error {
	next, err := i.doc.Render()
	if err == nil && next != i.doc {
		i.doc.Release() // whoever reads the input may hold it
		i.doc = next
	}
	return err
}
