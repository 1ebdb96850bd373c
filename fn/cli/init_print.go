package cli

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/starter"
)

func printPlan(out io.Writer, p *starter.Plan) {
	if !p.Converts() {
		fmt.Fprintf(out, "%s has nothing to convert.\n", report.Plain(nameOf(p.Source)))
	}
	printClients(out, "Gets its own Docker daemon:\n", p.Clients)
	if len(p.Clients) > 0 && len(p.Assumed) > 0 {
		fmt.Fprintln(out)
	}
	printClients(out, "Also gets one, but is only assumed to run containers. Check whether it does, and "+
		"annotate it with\n"+
		kube.ConvertAnnotation+": \"true\", or with \"false\" if it needs the node's containers:\n", p.Assumed)
	printSection(out, "Not converted:", p.Left)
	if p.Converts() {
		printObjects(out, "Prunes the new daemon instead of the node's Docker:", p.Rewrote)
		printObjects(out, "Added for the clean-up:", p.Added)
		printKnown(out, p.Known)
		printNeeds(out, p)
	}
}

func printClients(out io.Writer, title string, clients []starter.Client) {
	if len(clients) == 0 {
		return
	}
	fmt.Fprint(out, title)
	named := map[string]int{}
	for _, c := range clients {
		named[c.Name]++
	}
	for _, c := range clients {
		in := ""
		if named[c.Name] > 1 {
			in = " in " + report.Plain(c.File)
		}
		fmt.Fprintf(out, "  %s%s (%s)\n", c.Name, in, report.Plain(c.Evidence))
	}
}

func printSection(out io.Writer, title string, findings []report.Finding) {
	if len(findings) == 0 {
		return
	}
	fmt.Fprintf(out, "\n%s\n", title)
	for _, f := range findings {
		fmt.Fprintf(out, "  %s [%s]\n", f, f.ID)
	}
}

func printObjects(out io.Writer, title string, objects []report.Object) {
	if len(objects) == 0 {
		return
	}
	fmt.Fprintf(out, "\n%s\n", title)
	for _, o := range objects {
		fmt.Fprintf(out, "  %s\n", o)
	}
}

// printKnown prints one finding of each object and id: the first of the next commands prints all.
func printKnown(out io.Writer, findings []report.Finding) {
	printed := map[string]bool{}
	printSection(out, "Worth knowing:", slices.DeleteFunc(slices.Clone(findings), func(f report.Finding) bool {
		key := cmp.Or(f.Object.String(), f.Text) + " " + f.ID
		again := printed[key]
		printed[key] = true
		return again
	}))
}

func printNeeds(out io.Writer, p *starter.Plan) {
	var lines []string
	for _, need := range p.Needs {
		lines = append(lines, fmt.Sprintf("%s [%s]", report.Plain(need.Text), need.ID))
	}
	for _, c := range slices.Concat(p.Clients, p.Assumed) {
		if c.Fixed {
			lines = append(lines, "the API server refuses changes of "+c.Name+": delete it there before the apply")
		}
	}
	if len(lines) > 0 {
		fmt.Fprintf(out, "\nOn the cluster:\n  %s\n", strings.Join(lines, "\n  "))
	}
}

func printFiles(out io.Writer, p *starter.Plan) {
	for _, f := range p.Files() {
		fmt.Fprintf(out, "\n# %s\n%s", report.Plain(f.Name), f.Text)
	}
}

// printSteps prints the files under a title, and the next commands, each on its own line for copying.
func printSteps(out io.Writer, p *starter.Plan, title string) {
	if title != "" {
		fmt.Fprintf(out, "\n%s\n", title)
		for _, f := range p.Files() {
			fmt.Fprintf(out, "  %s\n", report.Plain(f.Name))
		}
	}
	fmt.Fprintln(out)
	for _, step := range p.Steps() {
		fmt.Fprintf(out, "%s:\n  %s\n", report.Plain(step.For), report.Plain(step.Command))
	}
}
