package cli

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/boxp/dindify/fn/config"
	fn "github.com/boxp/dindify/fn/function"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/stream"
)

// fileVerb is the common part of convert, revert and diff: files, and a configuration to apply.
type fileVerb struct {
	Streams
	configFile string
	noConfig   bool
	exclude    []string
	mode       config.Mode // replaces the mode of the configuration; "" keeps it

	foundConfigs []string // written by init for the input
	isChosen     bool     // a flag or the verb says which configuration to take
	verb         string   // verb in the advice for templates; "" is convert
}

func (v *fileVerb) flags(cmd *cobra.Command) {
	cmd.Flags().VarP((*fileName)(&v.configFile), "config", "c", "file with the functionConfig (default: an empty one)")
}

// convertFlags adds the flags of a command that applies the configuration written by init.
func (v *fileVerb) convertFlags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.VarP((*fileName)(&v.configFile), "config", "c", "file with the functionConfig (default: dindify.yaml or "+
		"dindify/dindify.yaml beside the input or above it)")
	f.BoolVar(&v.noConfig, "no-config", false, "use the defaults, not a file that init wrote")
	excludeFlag(cmd, &v.exclude)
}

// read reads the input without the configurations in it, and finds the configuration to apply.
func (v *fileVerb) read(args []string, rep *report.Report) ([]*stream.File, error) {
	if err := v.findConfig(args); err != nil {
		return nil, err
	}
	files, err := readManifests(v.Streams, args, v.exclude, rep, cmp.Or(v.verb, "convert"))
	if err != nil {
		return nil, err
	}
	files = v.withoutConfigs(files)
	return files, v.reportUnusedConfigs(files, rep)
}

// run reads, converts and prints; on errors the report has failed.
func (v *fileVerb) run(args []string) (files []*stream.File, texts []*stream.Text, rep *report.Report, err error) {
	rep = &report.Report{}
	if files, err = v.read(args, rep); err != nil {
		return nil, nil, rep, err
	}
	set, _ := fn.Convert(itemsOf(files), rep, v.load)
	texts, err = printed(files, set.Items)
	return files, texts, rep, err
}

func (v *fileVerb) load() (config.Spec, []string) { return loadConfig(v.configFile, v.mode) }

// loadConfig reads a functionConfig from a file; "" gives the default configuration.
func loadConfig(name string, mode config.Mode) (config.Spec, []string) {
	spec, problems := config.Load(nil)
	if name != "" {
		text, err := readFile(name)
		if err != nil {
			return spec, []string{err.Error()}
		}
		file, err := stream.ReadFile(name, text)
		if err != nil {
			return spec, []string{err.Error()}
		}
		if len(file.Items) != 1 {
			return spec, []string{fmt.Sprintf("%s: must have one document, got %d", name, len(file.Items))}
		}
		root := file.Items[0].Document().Root()
		if root == nil {
			return spec, []string{name + ": is empty: leave out --config for the defaults"}
		}
		spec, problems = config.Load(root)
	}
	if mode != "" {
		spec.Mode = mode
	}
	return spec, problems
}

func newConvert(s Streams) *cobra.Command {
	v := &fileVerb{Streams: s}
	cmd := &cobra.Command{
		Use:   "convert [FILE|DIR|-]...",
		Short: "Give every Docker client its own daemon",
		Long: `convert gives every workload that runs containers on the node's Docker its own daemon, as the configuration says, and
prints all documents; unchanged documents are printed byte for byte. Standard error has a line per converted workload,
and the warnings; -v prints every change. After an error nothing is printed or written.

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

func newRevert(s Streams) *cobra.Command {
	v := &fileVerb{Streams: s, mode: config.DooD}
	cmd := &cobra.Command{
		Use:   "revert [FILE|DIR|-]...",
		Short: "Revert conversions to the original",
		Long: `revert reverts conversions, using the journal of each converted object, and removes the generated objects. Later changes
by others are kept. It needs no configuration; a file that init wrote is neither changed nor printed.`,
		Example: `  dindify revert -i manifests/`,
	}
	v.flags(cmd)
	excludeFlag(cmd, &v.exclude)
	return v.command(cmd)
}

func (v *fileVerb) command(cmd *cobra.Command) *cobra.Command {
	var inPlace, verbose bool
	cmd.Flags().BoolVarP(&inPlace, "in-place", "i", false, "write the files instead of printing them")
	cmd.Flags().BoolVarP(&verbose, "verbose", "v", false, "print every result, not only warnings and a line for "+
		"each workload")
	cmd.RunE = func(_ *cobra.Command, args []string) error {
		if inPlace && (len(args) == 0 || slices.Contains(args, "-")) {
			return errors.New("-i needs files or folders: standard input cannot be written in place")
		}
		files, texts, rep, err := v.run(args)
		if err != nil {
			return err
		}
		if inPlace && !rep.Failed() {
			err = write(files, texts)
		}
		if err != nil {
			return err // the findings would describe changes that were not written
		}
		unchanged := ""
		if !changed(files, texts) {
			unchanged = v.whyUnchanged(files, rep)
		}
		v.printResult(rep, verbose, unchanged)
		switch {
		case rep.Failed():
			return errReported
		case inPlace:
			return nil
		}
		_, err = join(texts).WriteTo(v.Out)
		return err
	}
	return cmd
}

// whyUnchanged says that a run changed nothing, with the reason if no finding gives it.
func (v *fileVerb) whyUnchanged(files []*stream.File, rep *report.Report) string {
	objects := 0
	for _, item := range itemsOf(files) {
		objects += item.Objects()
	}
	spec, _ := v.load()
	switch {
	case len(rep.All()) > 0:
		return "nothing was changed"
	case objects == 0:
		return "nothing was changed: the input has no Kubernetes objects"
	case spec.Mode == config.DooD:
		return "nothing was changed: no object in the input has a conversion to revert"
	}
	return "nothing was changed: no workload in the input mounts the node's Docker socket"
}

func (v *fileVerb) printResult(rep *report.Report, verbose bool, unchanged string) {
	if verbose {
		printFindings(v.Streams, rep, report.Info)
		return
	}
	printFindings(v.Streams, rep, report.Warning)
	if !rep.Failed() {
		printSummary(v.Streams, rep, unchanged)
	}
}
