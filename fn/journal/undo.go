package journal

import (
	"errors"
	"slices"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
)

// Undo reverts some objects of a document, named by their paths in it, on a copy of its tree. It returns the text that
// a revert would give. Whatever a revert would report is an error here: nobody has changed the document yet.
func Undo(s *kube.Set, item *kube.Item, paths []string, leads Leads) (text string, err error) {
	var said report.Report
	undone, err := s.EditCopy(item, func(objects []*kube.Object) error {
		for _, o := range objects {
			if !slices.Contains(paths, o.PathInDocument()) {
				continue
			}
			o.ReportTo(&said)
			if r, ok := Read(o, leads); ok {
				r.Revert()
			}
		}
		for f := range said.BySeverity() {
			return errors.New(f.String())
		}
		return nil
	})
	if err != nil {
		return "", err
	}
	return undone.Text(), nil
}
