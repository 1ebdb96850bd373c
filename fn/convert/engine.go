package convert

import (
	"github.com/boxp/dindify/fn/engine"
	"github.com/boxp/dindify/fn/report"
)

// explainEngine reports the known problems of the configured Docker version. They concern the configuration, so each
// is reported once.
func explainEngine(c *converter, client *Client) {
	for _, change := range engine.Of(c.Spec) {
		client.report.Add(report.Finding{
			Severity: change.Severity, Path: change.Field,
			Reason: report.Because(report.DockerVersion, "%s %s; %s (%s)", engine.Subject(c.Daemon.Image, change),
				change.What, change.Do, change.Source),
		})
	}
}
