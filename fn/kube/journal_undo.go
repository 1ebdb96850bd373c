package kube

import (
	"errors"
	"slices"

	"github.com/boxp/dindify/fn/report"
)

// Undo reverts some objects of a document, named by their paths in it, on a copy of its tree. It returns the text that
// a revert would give. Whatever a revert would report is an error here: nobody has changed the document yet.
func (s *Set) Undo(item *Item, paths []string) (text string, err error) {
	var said report.Report
	item.doc.Edit()
	for _, o := range s.ObjectsOf(item) {
		if !slices.Contains(paths, o.base) {
			continue
		}
		o.ReportTo(&said)
		o.Revert()
	}
	for f := range said.BySeverity() {
		return "", errors.New(f.String())
	}
	undone, err := item.doc.Render()
	if err != nil {
		return "", err
	}
	text = undone.Text()
	undone.Release()
	return text, nil
}
