package convert

import (
	"slices"

	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/yamldoc"
)

// convertExpanded converts a document again, with its aliases and merge keys expanded; the journal keeps its text.
// The first attempt keeps them where possible, but some conversions cannot be reverted through them: an anchor is
// removed with the socket's mount, or only one of two places is edited.
func (c *converter) convertExpanded(w *work, doc *yamldoc.Document) error {
	w.reset()
	if err := w.item.ExpandAliases(doc); err != nil {
		return err
	}
	for _, client := range w.clients {
		w.report.Add(report.Finding{Severity: report.Info, Object: client.ref, Reason: report.Because(report.AliasesWritten,
			"the aliases and merge keys of the document are expanded, so that the conversion can be reverted; a revert "+
				"restores them")})
	}
	return c.convertText(w)
}

// isRefused reports whether the proof has failed.
func (w *work) isRefused() bool {
	return slices.ContainsFunc(w.report.Errors(), func(f *report.Finding) bool { return f.ID == report.NotReversible })
}

// reset resets the document to the state before any pass.
func (w *work) reset() {
	for _, client := range w.clients {
		client.reset()
	}
	for _, job := range w.jobs {
		job.report = report.Report{}
	}
	w.converted, w.refs, w.report, w.irreversible = nil, nil, report.Report{}, nil
}
