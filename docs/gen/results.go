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
		"`dindify explain ID` prints the same, `dindify explain` the topics.\n\n")
	for _, t := range report.Topics {
		fmt.Fprintf(&out, "* [%s](#%s): %s\n", t.Name, heading(t), t.About)
	}
	for _, t := range report.Topics {
		fmt.Fprintf(&out, "\n## %s\n\n", capital(heading(t)))
		table(&out, t)
	}
	return []byte(out.String())
}

func table(out *strings.Builder, t report.Topic) {
	if heading(t) == checks {
		out.WriteString("The checks of [`kubectl dindify verify`](verify.md), by the ids that `--check` and `--skip` " +
			"take.\n\n| Id | Looks at | What to do |\n|---|---|---|\n")
		for _, e := range t.Entries {
			fmt.Fprintf(out, "| `%s` | %s | %s |\n", e.ID, cell(e.Means), cell(e.Do))
		}
		return
	}
	out.WriteString("| Id | Means | What to do | Source |\n|---|---|---|---|\n")
	for _, e := range t.Entries {
		fmt.Fprintf(out, "| `%s` | %s | %s | %s |\n", e.ID, e.Means, e.Do, cell(e.Source))
	}
}

// checks is the heading of verify's checks, which other pages refer to.
const checks = "checks"

func heading(t report.Topic) string {
	if t.Name == "verify" {
		return checks
	}
	return t.Name
}

func capital(word string) string { return strings.ToUpper(word[:1]) + word[1:] }
