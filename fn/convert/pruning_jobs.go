package convert

import (
	"maps"
	"slices"

	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/discover"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
)

// Cleanup is a CronJob that prunes the node's daemon. Its pod and use are set only while its document is converted.
type Cleanup struct {
	kube.Pod
	use    *discover.Use // of the container that prunes
	serves *Client
	report report.Report // findings of its conversion

	at   kube.Address
	left report.Finding // the finding if it serves no client
}

// assignCleanups assigns each pruning job to the first client of its namespace without a job. A job without a client
// keeps cleaning the node.
func (c *converter) assignCleanups() {
	free := map[string][]*Client{} // by namespace
	for _, client := range c.clients {
		if c.rewritesJobs() && c.cleanable(client) {
			free[client.ref.Namespace] = append(free[client.ref.Namespace], client)
		}
	}
	c.cleanups = slices.DeleteFunc(c.cleanups, func(job *Cleanup) bool {
		clients := free[job.left.Object.Namespace]
		if len(clients) == 0 {
			c.Set.Report.Add(job.whyLeft(free))
			return true
		}
		job.serves, clients[0].job = clients[0], job
		free[job.left.Object.Namespace] = clients[1:]
		return false
	})
}

// whyLeft is the finding about a job that serves no client. Where either the job or a client has no namespace, the host
// sets it later, and they may be meant for each other.
func (job *Cleanup) whyLeft(free map[string][]*Client) report.Finding {
	finding := job.left
	for _, namespace := range slices.Sorted(maps.Keys(free)) {
		own := job.left.Object.Namespace
		if len(free[namespace]) == 0 || namespace == own || namespace != "" && own != "" {
			continue
		}
		finding.Reason = report.Because(report.CleanupLeft, "still prunes the node's Docker: it has %s in the input, "+
			"but %s has %s; set the same for both, and it will prune the daemon instead", orNoNamespace(own),
			free[namespace][0].ref, orNoNamespace(namespace))
		break
	}
	return finding
}

func orNoNamespace(name string) string {
	if name == "" {
		return "no namespace"
	}
	return "namespace " + name
}

// rewritesJobs reports whether CronJobs of the input that prune the node are rewritten.
func (c *converter) rewritesJobs() bool {
	return c.Cleanup.Mode == config.CleanupCronJob || c.Cleanup.Mode == config.CleanupAuto
}
