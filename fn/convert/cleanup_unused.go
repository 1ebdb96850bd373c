package convert

import (
	"slices"

	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/report"
)

// modeFields lists the fields of spec.cleanup that only one mode reads.
var modeFields = []struct {
	name  string
	of    config.CleanupMode
	isSet func(config.Cleanup) bool
}{
	{"schedule", config.CleanupCronJob, func(c config.Cleanup) bool { return c.Schedule != "" }},
	{"image", config.CleanupCronJob, func(c config.Cleanup) bool { return c.Image != "" }},
	{"name", config.CleanupCronJob, func(c config.Cleanup) bool { return c.Name != "" }},
	{"serviceAccountName", config.CleanupCronJob, func(c config.Cleanup) bool { return c.ServiceAccountName != "" }},
	{"roleName", config.CleanupCronJob, func(c config.Cleanup) bool { return c.RoleName != "" }},
	{"roleBindingName", config.CleanupCronJob, func(c config.Cleanup) bool { return c.RoleBindingName != "" }},
	{"interval", config.CleanupSidecar, func(c config.Cleanup) bool { return c.Interval != "" }},
}

// warnOfUnusedFields warns of fields for a mode that Auto has chosen for no client.
func (c *converter) warnOfUnusedFields() {
	if c.Cleanup.Mode != config.CleanupAuto || len(c.clients) == 0 {
		return
	}
	for _, f := range modeFields {
		used := slices.ContainsFunc(c.clients, func(client *Client) bool { return c.cleanupOf(client) == f.of })
		if used || !f.isSet(c.Cleanup) {
			continue
		}
		c.Set.Report.Add(report.Finding{
			Severity: report.Warning, Path: "spec.cleanup." + f.name,
			Reason: report.Because(report.CleanupUnused, "is for spec.cleanup.mode %s, but Auto has not chosen that for any "+
				"workload in the input: omit the field, or set the mode", f.of),
		})
	}
}
