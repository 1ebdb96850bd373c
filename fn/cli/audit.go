package cli

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"sigs.k8s.io/kustomize/kyaml/fn/framework"

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
with it and by what evidence. It changes nothing, and exits 1 where it finds one.`,
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
				say(s, rep, framework.Error)
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

func (j *job) audit(args []string) ([]audit.Row, *report.Report, error) {
	rep := &report.Report{}
	files, err := readFiles(j.Streams, args, rep)
	if err != nil {
		return nil, rep, err
	}
	for _, f := range rep.Findings { // files that could not be looked at
		fmt.Fprintf(j.Err, "dindify: %s: %s [%s]\n", f.Severity, f, f.ID)
	}
	_, found := fn.Convert(itemsOf(files), rep, j.load)
	if found == nil {
		return nil, rep, nil
	}
	return audit.Rows(found.Uses), rep, nil
}
