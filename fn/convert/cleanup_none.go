package convert

import (
	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/report"
)

// explainNoCleanup reports why a client gets no clean-up that the configuration requests, or that its data needs.
func (c *converter) explainNoCleanup(client *Client) {
	mode, completes := c.Cleanup.Mode, client.location.Completes
	switch {
	case completes && c.Daemon.Storage.PersistentVolumeClaim != nil:
		client.Warn(report.Because(report.CleanupKind, "gets no clean-up, since its pods terminate: the claim %s keeps the "+
			"images of all runs; use spec.daemon.storage.ephemeral or emptyDir, or prune at the end of a run",
			c.Daemon.Storage.PersistentVolumeClaim.ClaimName))
	case mode == config.CleanupNone:
	case completes && mode != config.CleanupAuto:
		client.Info(report.Because(report.CleanupKind, "gets no clean-up: its pods terminate, and their images are deleted "+
			"with them"))
	case completes:
	case mode == config.CleanupCronJob:
		c.warnOfNoExec(client)
	default:
		client.Info(report.Because(report.CleanupKind, "gets no clean-up, since the images are deleted with the Pod; if it "+
			"runs for long, %s", c.adviseSidecar()))
	}
}

// warnOfNoExec warns that a CronJob cannot clean a client.
func (c *converter) warnOfNoExec(client *Client) {
	client.Warn(report.Because(report.CleanupKind, "gets no clean-up: %s; %s", whyNotExec(client), c.adviseSidecar()))
}

// whyNotExec returns why kubectl exec cannot find the pods of a client.
func whyNotExec(client *Client) string {
	switch {
	case client.ref.Kind == "Pod":
		return "a CronJob needs a workload that replaces its pods, and a Pod is gone once it ends"
	case client.location.Exec != "":
		return "the object has no name, so kubectl exec cannot name it"
	}
	return "kubectl exec does not support kind " + client.ref.Kind
}

// adviseSidecar returns how to get a pruner in the pod.
func (c *converter) adviseSidecar() string {
	if c.Daemon.Startup == config.PostStart {
		return "set spec.daemon.startup and spec.cleanup.mode to Sidecar"
	}
	return "set spec.cleanup.mode to Sidecar"
}
