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

// job is what convert, revert and diff have in common: files, and a configuration to carry out on them.
type job struct {
	Streams
	configFile string
	noConfig   bool
	exclude    []string
	mode       config.Mode // overrides the configuration's; "" leaves it

	foundConfigs []string // that init wrote for the input
	isChosen     bool     // a flag or the verb says which configuration to take
	verb         string   // what is told to do with a rendered template; "" is convert
}

func (j *job) flags(cmd *cobra.Command) {
	cmd.Flags().StringVarP(&j.configFile, "config", "c", "", "file with the functionConfig (default: an empty one)")
}

// convertFlags are those of a command that carries out the configuration that init wrote.
func (j *job) convertFlags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVarP(&j.configFile, "config", "c", "", "file with the functionConfig (default: dindify.yaml or "+
		"dindify/dindify.yaml beside the input or above it)")
	f.BoolVar(&j.noConfig, "no-config", false, "take the defaults, and no file that init wrote")
	excludeFlag(cmd, &j.exclude)
}

// read reads the input without the configurations in it, and finds the one to carry out.
func (j *job) read(args []string, rep *report.Report) ([]*stream.File, error) {
	if err := j.findConfig(args); err != nil {
		return nil, err
	}
	files, err := readManifests(j.Streams, args, j.exclude, rep, cmp.Or(j.verb, "convert"))
	if err != nil {
		return nil, err
	}
	files = j.withoutConfigs(files)
	return files, j.reportUnusedConfigs(files, rep)
}

// run reads, converts and prints; after an error the report has failed.
func (j *job) run(args []string) (files []*stream.File, texts []*stream.Text, rep *report.Report, err error) {
	rep = &report.Report{}
	if files, err = j.read(args, rep); err != nil {
		return nil, nil, rep, err
	}
	items := fn.Items(itemsOf(files), rep, j.load)
	texts, err = printed(files, items)
	return files, texts, rep, err
}

func (j *job) load() (config.Spec, []string) { return loadConfig(j.configFile, j.mode) }

// loadConfig reads a functionConfig from a file; "" is the default configuration.
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
			return spec, []string{fmt.Sprintf("%s: must hold one document, got %d", name, len(file.Items))}
		}
		spec, problems = config.Load(file.Items[0].Document().Root())
	}
	if mode != "" {
		spec.Mode = mode
	}
	return spec, problems
}

func newConvert(s Streams) *cobra.Command {
	j := &job{Streams: s}
	cmd := &cobra.Command{
		Use:   "convert [FILE|DIR|-]...",
		Short: "Give every Docker client its own daemon",
		Long: `convert gives every workload that runs containers on the node's Docker a daemon of its own, as the
configuration says, and prints all documents; those that it does not touch come out byte for byte. Standard error has
a line for each workload that was converted, and the warnings; -v adds every single change. After an error nothing is
printed or written.

The configuration is the file of --config, else the one that init wrote: dindify.yaml or dindify/dindify.yaml,
in the folder of the input or above it, to the root of the repository. Standard error names it. It is never part of
the input.`,
		Example: `  dindify convert deployment.yaml
  dindify convert -i manifests/
  helm template my-release my-chart | dindify convert -`,
	}
	j.convertFlags(cmd)
	return j.command(cmd)
}

func newRevert(s Streams) *cobra.Command {
	j := &job{Streams: s, mode: config.DooD}
	cmd := &cobra.Command{
		Use:   "revert [FILE|DIR|-]...",
		Short: "Give back what was there before the conversion",
		Long: `revert takes conversions back, by the journal that each converted object carries, and removes what was generated.
What others have changed since is kept. It needs no configuration; a file that init wrote is left as it is, and is not
printed.`,
		Example: `  dindify revert -i manifests/`,
	}
	j.flags(cmd)
	excludeFlag(cmd, &j.exclude)
	return j.command(cmd)
}

func (j *job) command(cmd *cobra.Command) *cobra.Command {
	var inPlace, verbose bool
	cmd.Flags().BoolVarP(&inPlace, "in-place", "i", false, "write the files instead of printing them")
	cmd.Flags().BoolVarP(&verbose, "verbose", "v", false, "print every result, not only warnings and a line for "+
		"each workload")
	cmd.RunE = func(_ *cobra.Command, args []string) error {
		if inPlace && (len(args) == 0 || slices.Contains(args, "-")) {
			return errors.New("-i needs files or folders: standard input cannot be written")
		}
		files, texts, rep, err := j.run(args)
		if err != nil {
			return err
		}
		if inPlace && !rep.Failed() {
			err = write(files, texts)
		}
		if err != nil {
			return err // and no word of a conversion
		}
		j.say(rep, verbose)
		switch {
		case rep.Failed():
			return errSaid
		case inPlace:
			return nil
		}
		_, err = join(texts).WriteTo(j.Out)
		return err
	}
	return cmd
}

func (j *job) say(rep *report.Report, verbose bool) {
	if verbose {
		printFindings(j.Streams, rep, report.Info)
		return
	}
	printFindings(j.Streams, rep, report.Warning)
	if !rep.Failed() {
		printSummary(j.Streams, rep)
	}
}
