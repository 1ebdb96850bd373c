package convert

import (
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
)

// scaledToZero says whether the manifest asks for no pod at all. A job that cleans there fails every time.
func scaledToZero(pod kube.Pod) bool { return pod.Template().Parent().Text("replicas") == "0" }

// warnOfSuspension says when the clean-up has to be switched on.
func warnOfSuspension(client *Client) {
	if client.idle {
		client.Template().Parent().Get("replicas").Warn(report.Because(report.CleanupSuspended,
			"is 0, and kubectl exec finds no pod to clean: the clean-up's CronJob is suspended; remove its spec.suspend when "+
				"you scale up, or set spec.cleanup.mode to Sidecar"))
	}
}
