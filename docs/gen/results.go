package main

import (
	"fmt"
	"strings"

	"github.com/boxp/dindify/fn/report"
)

// results lists every id with what it means.
func results() []byte {
	var out strings.Builder
	out.WriteString("# Results\n\n" +
		"Every result has a stable id: in `tags.id` of a function's results, in brackets on the command line. " +
		"`dindify explain ID` prints the same.\n\n| Id | Means | What to do | Source |\n|---|---|---|---|\n")
	for _, e := range report.Entries {
		fmt.Fprintf(&out, "| `%s` | %s | %s | %s |\n", e.ID, e.Means, e.Do, cell(report.Source(e.ID)))
	}
	out.WriteString("\n## Checks\n\nThe checks of [`kubectl dindify verify`](verify.md), by the ids that `--check` and " +
		"`--skip` take.\n\n" +
		"| Id | Looks at | What to do |\n|---|---|---|\n")
	for _, e := range report.Checks {
		fmt.Fprintf(&out, "| `%s` | %s | %s |\n", e.ID, cell(e.Means), cell(e.Do))
	}
	return []byte(out.String())
}
