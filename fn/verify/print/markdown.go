package print

import (
	"io"
	"strings"

	"github.com/boxp/dindify/fn/verify"
)

var marks = map[verify.Result]string{
	verify.OK: "ok", verify.Warn: "⚠ warn", verify.Fail: "✗ FAIL",
	verify.Unknown: "? unknown",
}

// Markdown writes a table for each workload, for a comment on a pull request.
func Markdown(out io.Writer, rep *verify.Report, _ bool) error {
	w := &writer{out: out}
	w.printf("#### Cluster, Kubernetes %s\n\n", server(rep))
	w.table(rep.Checks)
	w.noWorkload(rep)
	for _, l := range rep.Workloads {
		if len(l.Checks) == 0 {
			continue
		}
		w.printf("\n#### %s\n\n", heading(l))
		w.table(l.Checks)
	}
	w.printf("\n%s\n", Summary(rep))
	return w.err
}

func (w *writer) table(checks []verify.Outcome) {
	w.printf("| | Check | What was seen | What to do |\n|---|---|---|---|\n")
	for _, o := range checks {
		if o.Result == verify.Skip {
			continue
		}
		todo := ""
		if o.Result != verify.OK {
			todo = hint(o)
		}
		w.printf("| %s | `%s` | %s | %s |\n", marks[o.Result], o.ID, cell(seen(o)), cell(todo))
	}
}

// cell escapes a text for a table cell.
func cell(text string) string {
	return strings.NewReplacer("|", `\|`, "<", "&lt;", "\n", "<br>").Replace(strings.TrimSpace(text))
}
