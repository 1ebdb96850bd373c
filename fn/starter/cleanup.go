package starter

import (
	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/report"
)

// chooseCleanup names the mode that Auto takes for the workloads at hand, or the one that reaches every pod. It leaves
// Auto where some workloads have a CronJob, and some have none.
func chooseCleanup(t trial) (choice, bool) {
	rewritten, pruned := 0, 0
	several, job := "", ""
	for _, f := range t.said.All() {
		switch f.ID {
		case report.CleanupReplicas:
			several = f.Object.Kind + "/" + f.Object.Name
		case report.CleanupRewritten:
			rewritten, job = rewritten+1, f.Object.Kind+"/"+f.Object.Name
		case report.CleanupSidecar:
			pruned++
		}
	}
	mode, why := config.CleanupSidecar, "a small container in each pod removes old images, without rights in the cluster"
	switch {
	case several != "":
		why = several + " has several pods, and the CronJob of the input reaches one"
	case rewritten > 0 && pruned == 0:
		mode, why = config.CleanupCronJob, job+" prunes the node now, and the daemon then, at its own schedule; it may "+
			"exec into pods of its namespace for that"
	case rewritten > 0:
		mode, why = config.CleanupAuto, job+" prunes the node now, and its workload's daemon then; the other workloads get "+
			"a small container each"
	case pruned == 0:
		return choice{}, false
	}
	return choice{
		lines: []string{"cleanup:", "  mode: " + string(mode) + " # " + why},
		set:   func(s *config.Spec) { s.Cleanup.Mode = mode },
	}, true
}
