package discover

import (
	"github.com/boxp/dindify/fn/commands"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
)

// takeCleanup records a CronJob that prunes the node. One whose command cannot run in the daemon's container stays,
// with a warning.
func (f *Finder) takeCleanup(s *discovery, pod kube.Pod, uses []*Use, evidence string) {
	if pod.Object().Kind() != "CronJob" {
		uses[0].Field().Warn(report.Because(report.CleanupLeft, "prunes the node's Docker (%s), but is not a CronJob: not "+
			"changed; remove it when no workload uses the node's Docker", evidence))
		return
	}
	by, _ := FindPruning(uses)
	if why := commands.UnfitForDaemon(by.Container); why != "" && len(f.Cleanup.Command) == 0 {
		by.Container.Warn(report.Because(report.CleanupLeft, "still prunes the node's Docker: its command %s; "+
			"set spec.cleanup.command to the command that prunes the daemon instead", why))
		return
	}
	left := report.Because(report.CleanupLeft, "still prunes the node's Docker: its namespace has no converted workload "+
		"that is cleaned by a CronJob, or each has one already; remove it when nothing uses the node's Docker")
	s.Jobs = append(s.Jobs, Job{At: pod.Address(), Left: by.Field().Finding(report.Warning, left)})
}
