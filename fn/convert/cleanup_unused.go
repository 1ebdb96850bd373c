package convert

import (
	"slices"

	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/report"
)

// warnOfUnusedFields warns of fields for a mode that Auto has chosen for no client.
func (c *converter) warnOfUnusedFields() {
	if c.Cleanup.Mode != config.CleanupAuto || len(c.clients) == 0 {
		return
	}
	for _, mode := range []config.CleanupMode{config.CleanupCronJob, config.CleanupSidecar} {
		if slices.ContainsFunc(c.clients, func(client *Client) bool { return c.cleanupOf(client) == mode }) {
			continue
		}
		for _, f := range config.CleanupFields {
			if f.Auto != mode || !f.IsSet(c.Cleanup) {
				continue
			}
			c.Set.Report.Add(report.Finding{
				Severity: report.Warning, Path: "spec.cleanup." + f.Name,
				Reason: report.Because(report.CleanupUnused, "is for spec.cleanup.mode %s, but Auto has not chosen that for any "+
					"workload in the input: omit the field, or set the mode", mode),
			})
		}
	}
}
