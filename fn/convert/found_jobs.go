package convert

import (
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
)

// takeCleanup records a CronJob that prunes the node. One whose command cannot run in the daemon's container stays,
// with a warning.
func (f *finder) takeCleanup(s *discovery, pod kube.Pod, uses []*Use, evidence string) {
	if pod.Object().Kind() != "CronJob" {
		uses[0].Field().Warn(report.Because(report.CleanupLeft, "prunes the node's Docker (%s), but is not a CronJob: not "+
			"changed; remove it when no workload uses the node's Docker", evidence))
		return
	}
	by, _ := findPruning(uses)
	if why := unfitForDaemon(by.Container); why != "" && len(f.Cleanup.Command) == 0 {
		by.Container.Warn(report.Because(report.CleanupLeft, "still prunes the node's Docker: its command %s; "+
			"set spec.cleanup.command to the command that prunes the daemon instead", why))
		return
	}
	left := report.Because(report.CleanupLeft, "still prunes the node's Docker: its namespace has no converted workload "+
		"that is cleaned by a CronJob, or each has one already; remove it when nothing uses the node's Docker")
	s.jobs = append(s.jobs, foundJob{at: pod.Address(), left: by.Field().Finding(report.Warning, left)})
}
