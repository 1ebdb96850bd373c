package journal

import (
	"errors"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
)

// RevertDraft reverts some objects of a draft, named by their paths in it, and returns the text that a revert would give.
// Whatever a revert would report is an error here: nobody has changed the document yet.
func RevertDraft(objects []*kube.Object, paths map[string]bool, leads Leads) (text string, err error) {
	var said report.Report
	for _, o := range objects {
		if !paths[o.PathInDocument()] {
			continue
		}
		o.ReportTo(&said)
		if r, ok := Read(o, leads); ok {
			r.Revert()
		}
	}
	for f := range said.BySeverity() {
		return "", errors.New(f.String())
	}
	return objects[0].Draft().Result()
}
