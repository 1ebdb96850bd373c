package convert

import (
	"slices"

	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/yamldoc"
)

// convertWrittenOut converts a document once more, with its aliases and merge keys written out, and the journal keeps
// its text. The first time they stayed where they could. Some conversions cannot be taken back through them: an anchor
// goes with the socket's mount, or one of two places is edited.
func (c *Conversion) convertWrittenOut(w *work, doc *yamldoc.Document) error {
	w.again()
	if err := w.item.WriteOut(doc); err != nil {
		return err
	}
	for _, client := range w.clients {
		w.report.Add(report.Finding{Severity: report.Info, Object: client.ref, Reason: report.Because(report.AliasesWritten,
			"the aliases and merge keys of the document are written out, so that the conversion can be taken back; a revert "+
				"restores them")})
	}
	return c.convertText(w)
}

// isRefused says whether the proof of the way back has failed.
func (w *work) isRefused() bool {
	return slices.ContainsFunc(w.report.Errors(), func(f *report.Finding) bool { return f.ID == report.NotReversible })
}

// again is the document before any pass has run.
func (w *work) again() {
	for _, client := range w.clients {
		client.again()
	}
	for _, job := range w.jobs {
		job.report = report.Report{}
	}
	w.converted, w.refs, w.report, w.irreversible = nil, nil, report.Report{}, nil
}
