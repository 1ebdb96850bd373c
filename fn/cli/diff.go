package cli

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/boxp/dindify/fn/diff"
	"github.com/boxp/dindify/fn/report"
)

// differ holds the diff verb and its flags.
type differ struct {
	fileVerb
	stat, journal bool
	color, output string
}

func newDiff(s Streams) *cobra.Command {
	d := &differ{fileVerb: fileVerb{Streams: s}}
	cmd := &cobra.Command{
		Use:   "diff [FILE|DIR|-]...",
		Args:  noURLs,
		Short: "Show what convert would change",
		Long: `diff prints the changes that convert would make, as a unified diff, and changes nothing. It exits with 0 if there is no
difference, 1 if there is one, 2 on failure. On a terminal it uses color, unless NO_COLOR is set. The journal, from
which revert restores the original, is shown as one line; --journal shows all of it, as a patch program needs it.`,
		Example: `  dindify diff deployment.yaml
  dindify diff --stat manifests/
  dindify diff -o markdown manifests/ > comment.md`,
		RunE: func(_ *cobra.Command, args []string) error { return d.diff(args) },
	}
	d.convertFlags(cmd)
	f := cmd.Flags()
	f.BoolVar(&d.stat, "stat", false, "print the number of added and removed lines per file instead of the lines")
	f.BoolVar(&d.journal, "journal", false, "show the full journal, so that the diff can be applied")
	f.StringVar(&d.color, "color", "auto", "auto, always or never")
	f.StringVarP(&d.output, "output", "o", "text", "text or markdown, for a comment on a pull request")
	complete(cmd, "color", "auto", "always", "never")
	complete(cmd, "output", "text", "markdown")
	exitLikeDiff(cmd)
	return cmd
}

func (d *differ) diff(args []string) error {
	if d.output != "text" && d.output != "markdown" {
		return fmt.Errorf("-o must be text or markdown, got %q", d.output)
	}
	colored, err := d.colored()
	if err != nil {
		return err
	}
	r, err := d.run(args)
	if err != nil {
		return err
	}
	if r.Failed() {
		printFindings(d.Streams, r.Report, report.Warning)
		return errReported
	}
	var all []diff.File
	for i, f := range r.files {
		all = append(all, diff.File{Name: f.Name, Before: f.Text(), After: r.texts[i].String()})
	}
	changed := diff.Changed(all)
	d.print(changed, r.Report, colored)
	if len(changed) > 0 {
		return errFound
	}
	d.note("no difference%s", d.whyUnchanged(r))
	return nil
}

func (d *differ) print(changed []diff.File, rep *report.Report, colored bool) {
	switch {
	case d.output == "markdown":
		fmt.Fprint(d.Out, diff.Markdown(changed, d.text))
		explainAsMarkdown(d.Out, byObject(rep, ""))
		return
	case d.stat && len(changed) > 0:
		fmt.Fprint(d.Out, diff.Stat(changed))
	case !d.stat:
		for _, f := range changed {
			text := d.text(f)
			if colored {
				text = diff.Colored(text)
			}
			fmt.Fprint(d.Out, text)
		}
	}
	printClasses(d.Streams, rep)
	printFindings(d.Streams, rep, report.Warning)
}

func (d *differ) text(f diff.File) string {
	if d.journal {
		return f.Unified()
	}
	return f.Folded()
}

// colored follows https://no-color.org.
func (d *differ) colored() (bool, error) {
	switch d.color {
	case "always":
		return true, nil
	case "never":
		return false, nil
	case "auto":
		return os.Getenv("NO_COLOR") == "" && IsTerminal(d.Out), nil
	}
	return false, fmt.Errorf("--color must be auto, always or never, got %q", d.color)
}
