// Package print writes a report of package verify, for people and for machines.
package print

import (
	"fmt"
	"io"
	"strings"

	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/verify"
)

// Format writes a report.
type Format func(out io.Writer, rep *verify.Report, color bool) error

// Formats are the values of -o.
var Formats = map[string]Format{"text": Text, "short": Short, "json": JSON, "junit": JUnit, "markdown": Markdown}

// JSON writes the report as JSON.
func JSON(out io.Writer, rep *verify.Report, _ bool) error {
	return report.EncodeJSON(out, rep)
}

// words are the texts for results.
var words = map[verify.Result]string{
	verify.OK: "ok", verify.Warn: "warn", verify.Fail: "FAIL", verify.Unknown: "??",
	verify.Skip: "skip",
}

var colors = map[verify.Result]string{
	verify.OK: "32", verify.Warn: "33", verify.Fail: "31", verify.Unknown: "36",
	verify.Skip: "2",
}

func word(r verify.Result, color bool) string {
	if !color {
		return fmt.Sprintf("%-4s", words[r])
	}
	return fmt.Sprintf("\x1b[%sm%-4s\x1b[m", colors[r], words[r])
}

// Text writes each check with its hint. Checks that do not apply are omitted.
func Text(out io.Writer, rep *verify.Report, color bool) error {
	w := &writer{out: out, color: color}
	w.printf("Cluster   Kubernetes %s\n", server(rep))
	w.checks(rep.Checks, all(rep))
	w.noWorkload(rep)
	for _, l := range rep.Workloads {
		if len(l.Checks) == 0 {
			continue
		}
		w.printf("\n%s\n", heading(l))
		w.checks(l.Checks, all(rep))
	}
	w.printf("\n%s\n", Summary(rep))
	return w.err
}

// Short writes only the checks that are not ok, one line each.
func Short(out io.Writer, rep *verify.Report, color bool) error {
	w := &writer{out: out, color: color}
	w.short("cluster", rep.Checks)
	w.noWorkload(rep)
	for _, l := range rep.Workloads {
		w.short(l.Ref, l.Checks)
	}
	w.printf("%s\n", Summary(rep))
	return w.err
}

type writer struct {
	out   io.Writer
	color bool
	err   error
}

func (w *writer) printf(format string, args ...any) {
	if w.err == nil {
		_, w.err = fmt.Fprintf(w.out, format, args...)
	}
}

// noWorkload says that there is no table of a workload to expect. That none was found may be for lack of rights.
func (w *writer) noWorkload(rep *verify.Report) {
	if len(rep.Workloads) == 0 {
		w.printf("\nNo workload with a Docker daemon of its own was found.\n")
	}
}

func (w *writer) short(ref string, checks []verify.Outcome) {
	for _, o := range checks {
		if o.Result != verify.OK && o.Result != verify.Skip {
			w.printf("%s %s %s: %s\n", word(o.Result, w.color), report.Plain(ref), o.ID, report.Plain(o.Text))
		}
	}
}

func (w *writer) checks(checks, of []verify.Outcome) {
	width := 0
	for _, o := range of {
		if o.Result != verify.Skip {
			width = max(width, len(o.ID))
		}
	}
	for _, o := range checks {
		if o.Result == verify.Skip {
			continue
		}
		w.printf("  %s  %-*s  %s\n", word(o.Result, w.color), width, o.ID, seen(o))
		if o.Result == verify.OK {
			continue
		}
		indent := strings.Repeat(" ", width+10)
		w.printf("%s%s\n", indent, strings.ReplaceAll(hint(o), "\n", "\n"+indent))
	}
}

func heading(l *verify.Looked) string {
	parts := strings.Split(l.Ref, "/")
	text := fmt.Sprintf("%s %s/%s", parts[0], parts[1], parts[2])
	if l.Pod != "" {
		text += fmt.Sprintf("   pod %s, node %s", l.Pod, l.Node)
	}
	if l.About != "" {
		text += fmt.Sprintf(" (%s)", l.About)
	}
	return report.Plain(text)
}

func server(rep *verify.Report) string { return report.Plain(strings.TrimPrefix(rep.Server, "v")) }

// seen returns what a check saw, on one line. It may quote a log or a message of the cluster.
func seen(o verify.Outcome) string {
	text := report.Plain(o.Text)
	if o.Evidence == verify.Inferred {
		text += " (inferred)"
	}
	return text
}

// hint returns what to do, which may have several lines.
func hint(o verify.Outcome) string {
	lines := strings.Split(strings.TrimSpace(o.Hint), "\n")
	for i, line := range lines {
		lines[i] = report.Plain(line)
	}
	return strings.Join(lines, "\n")
}

func all(rep *verify.Report) []verify.Outcome {
	every := append([]verify.Outcome{}, rep.Checks...)
	for _, l := range rep.Workloads {
		every = append(every, l.Checks...)
	}
	return every
}

// Summary counts results, and lists what was created.
func Summary(rep *verify.Report) string {
	counts := map[verify.Result]int{}
	for _, o := range all(rep) {
		counts[o.Result]++
	}
	text := fmt.Sprintf("%d ok, %d warnings, %d failed, %d unknown.", counts[verify.OK], counts[verify.Warn],
		counts[verify.Fail], counts[verify.Unknown])
	if len(rep.Made) == 0 {
		return text + " Nothing was written to the cluster."
	}
	return text + " Made: " + report.Plain(strings.Join(rep.Made, "; ")) + "."
}
