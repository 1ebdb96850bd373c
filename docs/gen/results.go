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
	return []byte(out.String())
}
