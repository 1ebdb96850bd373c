package cli

import (
	"errors"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/report"
)

func newConvert(s Streams) *cobra.Command {
	v := &fileVerb{Streams: s}
	cmd := &cobra.Command{
		Use:   "convert [FILE|DIR|-]...",
		Short: "Give every Docker client its own daemon",
		Long: `convert gives every workload that runs containers on the node's Docker its own daemon, as the configuration says, and
prints all documents; unchanged documents are printed byte for byte. Standard error has a line per converted workload,
and the warnings; -v prints every change. After an error nothing is printed or written. The files of a kustomization are
converted with -i only: what it builds is printed by build.

The configuration is the file of --config, or the one that init wrote: dindify.yaml or dindify/dindify.yaml,
in the folder of the input or above it, up to the root of the repository. Standard error names it. It is never part of
the input.`,
		Example: `  dindify convert deployment.yaml
  dindify convert -i manifests/
  helm template my-release my-chart | dindify convert -`,
	}
	v.convertFlags(cmd)
	return v.command(cmd)
}

func (v *fileVerb) command(cmd *cobra.Command) *cobra.Command {
	var inPlace, verbose bool
	cmd.Flags().BoolVarP(&inPlace, "in-place", "i", false, "write the files instead of printing them")
	cmd.Flags().BoolVarP(&verbose, "verbose", "v", false, "print every result, not only warnings and a line for "+
		"each workload")
	cmd.Args = noURLs
	cmd.RunE = func(_ *cobra.Command, args []string) error {
		if inPlace && (len(args) == 0 || slices.Contains(args, "-")) {
			return errors.New("-i needs files or folders: standard input cannot be written in place")
		}
		if !inPlace {
			if err := v.refuseKustomizations(args); err != nil {
				return err
			}
		}
		r, err := v.run(args)
		if err != nil {
			return err
		}
		if inPlace && !r.Failed() {
			if err = refuseOutside(args, r.files, r.texts); err == nil {
				err = write(r.files, r.texts)
			}
		}
		if err != nil {
			return err // the findings would describe changes that were not written
		}
		if !inPlace && !r.Failed() && r.isNoManifest() {
			printFindings(v.Streams, r.Report, report.Warning)
			return fmt.Errorf("%s has no Kubernetes object, only other text: nothing is printed", named(args))
		}
		v.printResult(r, verbose)
		switch {
		case r.Failed():
			return errReported
		case inPlace:
			if v.mode == config.DooD {
				v.notePackages(r)
			}
			return nil
		}
		_, err = join(r.texts).WriteTo(v.Out)
		return err
	}
	return cmd
}

func (v *fileVerb) printResult(r result, verbose bool) {
	if verbose {
		printFindings(v.Streams, r.Report, report.Info)
		return
	}
	printFindings(v.Streams, r.Report, report.Warning)
	if !r.Failed() {
		v.printSummary(r)
	}
}
