package convert

import "github.com/boxp/dindify/fn/report"

// refuseSharedData prevents two daemons from using one data folder, which would corrupt it (moby#31600).
func (c *converter) refuseSharedData(client *Client) {
	if c.Daemon.Storage.PersistentVolumeClaim == nil {
		return
	}
	for _, o := range c.overlaps(client) {
		way := "use spec.daemon.storage.ephemeral or emptyDir"
		if o.way != "" {
			way = o.way + ", or " + way
		}
		why := report.Because(report.StorageShared, "%s, but spec.daemon.storage.persistentVolumeClaim is a data volume "+
			"for only one daemon (%s): %s", o.why, client.title(), way)
		severity := report.Error
		if o.unsure {
			severity = report.Warning
		}
		client.reportAt(severity, o.field, why)
	}
}

// refuseSharedClaim prevents the daemons of two workloads from using one claim.
func (c *converter) refuseSharedClaim() {
	storage := c.Daemon.Storage.PersistentVolumeClaim
	if storage == nil {
		return
	}
	first := map[string]*Client{}
	for _, client := range c.clients {
		other := first[client.ref.Namespace]
		if other == nil {
			first[client.ref.Namespace] = client
			continue
		}
		client.report.Add(report.Finding{
			Severity: report.Error, Object: client.ref, Path: client.at.Path(),
			Reason: report.Because(report.StorageShared,
				"its daemon and that of %s would use the claim %s of spec.daemon.storage.persistentVolumeClaim: select one "+
					"workload by spec.targets, or use spec.daemon.storage.ephemeral",
				other.title(), storage.ClaimName),
		})
	}
}
