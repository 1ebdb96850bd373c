package cli

import (
	"fmt"

	"github.com/boxp/dindify/fn/report"
)

// outcomes maps ids of findings to the outcome of an object in the summary.
var outcomes = map[string]string{
	report.DaemonAdded:      "now has its own Docker daemon",
	report.CleanupRewritten: "prunes the daemon in the pod",
	report.Reverted:         "was reverted to the original",
	report.GeneratedRemoved: "removed",
	report.JournalMissing:   "lost its Docker daemon, and is not the original",
}

// printSummary prints a line per converted or reverted object, with the number of its findings. A conversion that is
// carried out again and results in the same text has changed nothing; unchanged says why, or is "".
func printSummary(s Streams, rep *report.Report, unchanged string) {
	if unchanged != "" {
		fmt.Fprintln(s.Err, "dindify:", unchanged)
		return
	}
	var objects []report.Object
	changes, outcome := map[report.Object]int{}, map[report.Object]string{}
	for _, f := range rep.All() {
		if f.Severity != report.Info {
			continue
		}
		changes[f.Object]++
		if what := outcomes[f.ID]; what != "" && outcome[f.Object] == "" {
			objects, outcome[f.Object] = append(objects, f.Object), what
		}
	}
	for _, o := range objects {
		s.note("%s %s (%s)", o, outcome[o], counted(changes[o]))
	}
}

func counted(changes int) string {
	if changes == 1 {
		return "1 result; -v prints it"
	}
	return fmt.Sprintf("%d results; -v prints them", changes)
}
