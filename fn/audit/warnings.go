package audit

import (
	"github.com/boxp/dindify/fn/discover"
	"github.com/boxp/dindify/fn/report"
)

// Warnings returns a warning for each row about an object from which a controller or a chart may build pods.
func (a Account) Warnings() (all []report.Finding) {
	for _, row := range a.Rows {
		if row.mounted == (report.Object{}) {
			continue
		}
		id := report.KindUnknown
		switch {
		case row.ambiguous:
			id = report.MergeOrder
		case row.Class == string(discover.OtherRuntime):
			id = report.RuntimeSocket
		}
		all = append(all, report.Finding{
			Severity: report.Warning, Object: row.mounted, Path: row.Field,
			Reason: report.Because(id, "names %s of the node (%s): not converted; %s", row.HostPath, row.Reason, row.Advice),
		})
	}
	return all
}
