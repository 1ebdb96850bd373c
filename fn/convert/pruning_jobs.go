package convert

import (
	"slices"

	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
)

// Cleanup is a CronJob that prunes the node's daemon. It has a pod and a use only while its document is converted.
type Cleanup struct {
	kube.Pod
	use    *Use // of the container that prunes
	serves *Client
	report report.Report // what is said of its conversion

	at   kube.Address
	left report.Finding // where it serves none
}

func (s *discovery) takeCleanup(pod kube.Pod, uses []*Use, evidence string) {
	if pod.Object().Kind() != "CronJob" {
		uses[0].Field().Warn(report.Because(report.CleanupLeft, "prunes the node's Docker (%s), and is no CronJob: left "+
			"alone; remove it where no workload uses the node's Docker any more", evidence))
		return
	}
	by, _ := pruning(uses)
	s.cleanups = append(s.cleanups, &Cleanup{at: pod.Address(), left: by.Field().Warning(report.Because(report.CleanupLeft,
		"still prunes the node's Docker: no converted workload of its namespace is cleaned by a CronJob; remove it where "+
			"nothing uses the node's Docker any more"))})
}

// assignCleanups gives each pruning job the first client of its namespace that has none. A job without one keeps
// cleaning the node.
func (c *Conversion) assignCleanups() {
	taken := map[*Client]bool{}
	c.cleanups = slices.DeleteFunc(c.cleanups, func(job *Cleanup) bool {
		for _, client := range c.clients {
			if !taken[client] && client.ref.Namespace == job.left.Object.Namespace && c.rewritesJobs() && c.cleanable(client) {
				taken[client], job.serves, client.job = true, client, job
				return false
			}
		}
		c.Set.Report.Add(job.left)
		return true
	})
}

// rewritesJobs says whether the CronJobs of the input that prune the node are rewritten.
func (c *Conversion) rewritesJobs() bool {
	return c.Cleanup.Mode == config.CleanupCronJob || c.Cleanup.Mode == config.CleanupAuto
}
