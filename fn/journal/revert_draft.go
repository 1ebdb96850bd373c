package journal

import (
	"errors"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
)

// RevertDraft reverts some objects of a draft, named by their paths in it, and returns the text that a revert would
// give. Whatever a revert would report is an error here: the document was not changed since.
func RevertDraft(objects []*kube.Object, paths map[string]bool, claimPath ClaimPath) (text string, err error) {
	var rep report.Report
	for _, o := range objects {
		if !paths[o.PathInDocument()] {
			continue
		}
		o.ReportTo(&rep)
		if r, ok := Read(o, claimPath); ok {
			r.Revert()
		}
	}
	for f := range rep.BySeverity() {
		return "", errors.New(f.String())
	}
	return objects[0].Draft().Result()
}
