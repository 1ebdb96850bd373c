package convert

import (
	"slices"

	"github.com/boxp/dindify/fn/report"
)

// conclude does the work across documents: it adds the generated objects, client by client, and merges the findings.
// After an error it reports only errors.
func (c *converter) conclude(all []*work) {
	c.refuseSharedClaim()
	c.refuseDuplicateObjects()
	failed := c.failed(all)
	for _, client := range c.clients {
		c.Converted = append(c.Converted, client.ref)
		if client.job != nil {
			client.report.Merge(&client.job.report)
		}
		if !failed {
			c.addGenerated(client)
		}
	}
	if !failed {
		c.refuseUsedAccounts()
	}
	if failed = failed || c.failed(all); !failed {
		c.warnOfUnconverted(all)
		c.warnOfUnusedFields()
		c.warnOfUnknownVolumes()
		c.warnOfSharedQuotas()
		c.reportRemoved()
	}
	for _, client := range c.clients {
		c.mergeReport(&client.report, failed)
	}
	for _, w := range all {
		c.mergeReport(&w.report, failed)
	}
}

// mergeReport adds the findings of a report, or only its errors, to the report of the run.
func (c *converter) mergeReport(r *report.Report, onlyErrors bool) {
	if !onlyErrors {
		c.Set.Report.Merge(r)
		return
	}
	for _, f := range r.Errors() {
		c.Set.Report.Add(*f)
	}
}

// failed reports whether there is any error so far.
func (c *converter) failed(all []*work) bool {
	return c.Set.Report.Failed() ||
		slices.ContainsFunc(all, func(w *work) bool { return w.report.Failed() }) ||
		slices.ContainsFunc(c.cleanups, func(job *Cleanup) bool { return job.report.Failed() }) ||
		slices.ContainsFunc(c.clients, func(client *Client) bool { return client.report.Failed() })
}
