package cli

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/boxp/dindify/fn/audit"
	"github.com/boxp/dindify/fn/config"
	fn "github.com/boxp/dindify/fn/function"
	"github.com/boxp/dindify/fn/report"
)

func newAudit(s Streams, version string) *cobra.Command {
	j := &job{Streams: s, mode: config.Audit}
	var format string
	var exitZero bool
	cmd := &cobra.Command{
		Use:   "audit [FILE|DIR|-]...",
		Short: "List the workloads that reach the node's container runtime",
		Long: `audit lists every way from a workload to a container runtime's socket on the node: where it is, what the workload does
with it and by what evidence. It changes nothing, and exits 1 where it finds one. Files that are not YAML, such as Helm
templates, are searched by their lines.`,
		RunE: func(_ *cobra.Command, args []string) error {
			print, ok := audit.Formats[format]
			if !ok {
				return fmt.Errorf("-o must be %s, got %q", strings.Join(slices.Sorted(maps.Keys(audit.Formats)), ", "), format)
			}
			rows, rep, err := j.audit(args)
			if err != nil {
				return err
			}
			if rep.Failed() {
				printFindings(s, rep, report.Error)
				return errSaid
			}
			if err := print(s.Out, rows, version); err != nil {
				return err
			}
			if len(rows) > 0 && !exitZero {
				return errSaid
			}
			return nil
		},
	}
	j.flags(cmd)
	cmd.Flags().StringVarP(&format, "output", "o", "table", "table, json or sarif")
	cmd.Flags().BoolVar(&exitZero, "exit-zero", false, "exit 0 whatever is found")
	return cmd
}

// audit looks into what the arguments name. What is not YAML is searched by its lines: a warning for a file of a folder;
// one that an argument names, and in which nothing is found so, is an error.
func (j *job) audit(args []string) ([]audit.Row, *report.Report, error) {
	rep := &report.Report{}
	in, err := readInput(j.Streams, args, append([]string{".tpl"}, manifests...))
	if err != nil {
		return nil, rep, err
	}
	_, found := fn.Convert(itemsOf(in.files), rep, j.load)
	if found == nil {
		return nil, rep, nil
	}
	rows := audit.Rows(found.Uses)
	for _, u := range in.unread {
		mentions := audit.TextRows(u.name, u.text)
		if len(mentions) == 0 && u.named {
			return nil, rep, u.err
		}
		fmt.Fprintf(j.Err, "dindify: warning: searched by lines only: %v [%s]\n", u.err, report.FileSkipped)
		rows = append(rows, mentions...)
	}
	return rows, rep, nil
}
