package convert

import (
	"github.com/boxp/dindify/fn/report"
)

// warnOfSuspension warns that the clean-up is suspended as long as the workload has no pods.
func warnOfSuspension(client *Client) {
	if client.idle {
		client.Template().Parent().Get("replicas").Warn(report.Because(report.CleanupSuspended,
			"is 0, so kubectl exec finds no pod to clean: the clean-up's CronJob is suspended; remove its spec.suspend when "+
				"you scale up, or set spec.cleanup.mode to Sidecar"))
	}
}
