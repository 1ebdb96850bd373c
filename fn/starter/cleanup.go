package starter

import (
	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/report"
)

// chooseCleanup selects the mode that Auto takes for the workloads, or Sidecar where a CronJob would not reach every
// pod, or would have an account in the wrong namespace. It leaves Auto if only some workloads have a CronJob.
func chooseCleanup(t trial) (choice, bool) {
	rewritten, pruned := 0, 0
	several, job, unplaced := "", "", ""
	for _, f := range t.rep.All() {
		switch f.ID {
		case report.CleanupReplicas:
			several = f.Object.Kind + "/" + f.Object.Name
		case report.CleanupNamespace:
			unplaced = f.Object.Kind + "/" + f.Object.Name
		case report.CleanupRewritten:
			rewritten, job = rewritten+1, f.Object.Kind+"/"+f.Object.Name
		case report.CleanupSidecar:
			pruned++
		}
	}
	mode, why := config.CleanupSidecar, "a small container in each pod removes old images, without permissions in the "+
		"cluster"
	switch {
	case several != "":
		why = several + " has several pods, but the CronJob of the input reaches only one"
	case unplaced != "" && t.kind != Kustomization: // which may set it above
		why = unplaced + " has no namespace in the input, and the account of a CronJob needs one; a small container in " +
			"each pod needs no account"
	case rewritten > 0 && pruned == 0:
		mode, why = config.CleanupCronJob, job+" prunes the node now, and will prune the daemon, on its own schedule; it "+
			"may exec into pods of its namespace for that"
	case rewritten > 0:
		mode, why = config.CleanupAuto, job+" prunes the node now, and will prune its workload's daemon; the other "+
			"workloads get a small container each"
	case pruned == 0:
		return choice{}, false
	}
	return choice{
		lines: []string{"cleanup:", "  mode: " + string(mode) + " # " + why},
		set:   func(s *config.Spec) { s.Cleanup.Mode = mode },
	}, true
}
