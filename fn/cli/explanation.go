package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/boxp/dindify/fn/report"
)

// explanations maps -o to a way to print findings by object.
var explanations = map[string]func(io.Writer, [][]*report.Finding){"text": explainAsText, "markdown": explainAsMarkdown}

// byObject groups findings by object; those about the whole input come first. A title selects one object.
func byObject(rep *report.Report, title string) [][]*report.Finding {
	var groups [][]*report.Finding
	at := map[report.Object]int{} // another file may have an object of the same name
	for _, f := range rep.All() {
		name := f.Object.String()
		if title != "" && name != title && f.Object.Kind+"/"+f.Object.Name != title {
			continue
		}
		i, seen := at[f.Object]
		if !seen {
			i, at[f.Object] = len(groups), len(groups)
			groups = append(groups, nil)
		}
		groups[i] = append(groups[i], f)
	}
	return groups
}

func explainAsText(out io.Writer, groups [][]*report.Finding) {
	for i, group := range groups {
		if i > 0 {
			fmt.Fprintln(out)
		}
		fmt.Fprintln(out, heading(group))
		for _, f := range group {
			if f.Path == "" {
				fmt.Fprintf(out, "  %s%s [%s]\n", severity(f), f.Text, f.ID)
				continue
			}
			fmt.Fprintf(out, "  %s%s\n", severity(f), f.Path)
			if f.Current != "" || f.Proposed != "" {
				fmt.Fprintf(out, "    %s -> %s\n", orNone(report.Plain(f.Current)), orNone(report.Plain(f.Proposed)))
			}
			fmt.Fprintf(out, "    %s [%s]\n", f.Text, f.ID)
			if source := report.Source(f.ID); source != "" {
				fmt.Fprintf(out, "    source: %s\n", source)
			}
		}
	}
}

func explainAsMarkdown(out io.Writer, groups [][]*report.Finding) {
	for i, group := range groups {
		if i > 0 {
			fmt.Fprintln(out)
		}
		fmt.Fprintf(out, "#### %s\n\n| | Field | Before | After | Why | Source |\n|---|---|---|---|---|---|\n",
			cell(heading(group)))
		for _, f := range group {
			fmt.Fprintf(out, "| %s | %s | %s | %s | %s (`%s`) | %s |\n", f.Severity, code(f.Path), code(f.Current),
				code(f.Proposed), cell(f.Text), f.ID, cell(report.Source(f.ID)))
		}
	}
}

func heading(group []*report.Finding) string {
	o := group[0].Object
	switch {
	case o.Kind == "":
		return "The input"
	case o.File == "":
		return o.String()
	}
	return fmt.Sprintf("%s (%s:%d)", o, report.Plain(o.File), o.Line)
}

func severity(f *report.Finding) string {
	if f.Severity == report.Info {
		return ""
	}
	return string(f.Severity) + ": "
}

func orNone(s string) string {
	if s == "" {
		return "(none)"
	}
	return s
}

// cell escapes text for a cell of a Markdown table.
func cell(s string) string {
	return strings.NewReplacer("|", `\|`, "\n", " ", "<", "&lt;").Replace(s)
}

// code returns plain text as code in such a cell.
func code(s string) string {
	if s == "" {
		return ""
	}
	return "`" + strings.NewReplacer("|", `\|`, "`", "'").Replace(report.Plain(s)) + "`"
}
