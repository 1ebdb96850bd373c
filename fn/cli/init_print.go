package cli

import (
	"cmp"
	"fmt"
	"io"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/starter"
	"github.com/boxp/dindify/fn/stream"
)

func printPlan(out io.Writer, p *starter.Plan) {
	if !p.Converts() {
		name := p.Path
		if p.Kind == starter.Stream {
			name = stream.InputName("")
		}
		fmt.Fprintf(out, "%s has nothing to convert.\n", report.Plain(name))
	}
	printClients(out, "Gets its own Docker daemon:\n", p.Clients)
	if len(p.Clients) > 0 && len(p.Assumed) > 0 {
		fmt.Fprintln(out)
	}
	printClients(out, "Also gets one, but is only assumed to run containers. Check whether it does, and "+
		"annotate it with\n"+
		kube.Convert+": \"true\", or with \"false\" if it needs the node's containers:\n", p.Assumed)
	printSection(out, "Not converted:", p.Left)
	if p.Converts() {
		printObjects(out, "Prunes the new daemon instead of the node's Docker:", p.Rewrote)
		printObjects(out, "Added for the clean-up:", p.Added)
		printKnown(out, p.Known)
		printNeeds(out, p.Needs)
	}
}

func printClients(out io.Writer, title string, clients []starter.Client) {
	if len(clients) == 0 {
		return
	}
	fmt.Fprint(out, title)
	for _, c := range clients {
		fmt.Fprintf(out, "  %s (%s)\n", c.Name, report.Plain(c.Evidence))
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

// printKnown names what the first of the next commands says in full.
func printKnown(out io.Writer, findings []report.Finding) {
	if len(findings) == 0 {
		return
	}
	fmt.Fprint(out, "\nWorth knowing; the first command below says more of each:\n")
	printed := map[string]bool{}
	for _, f := range findings {
		line := fmt.Sprintf("  %s [%s]\n", cmp.Or(f.Object.String(), report.Plain(f.Text)), f.ID)
		if !printed[line] {
			printed[line] = true
			fmt.Fprint(out, line)
		}
	}
}

func printNeeds(out io.Writer, needs []report.Reason) {
	if len(needs) == 0 {
		return
	}
	fmt.Fprint(out, "\nOn the cluster:\n")
	for _, need := range needs {
		fmt.Fprintf(out, "  %s [%s]\n", report.Plain(need.Text), need.ID)
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
