package cli

import (
	"cmp"
	"errors"
	"fmt"
	"syscall"

	"github.com/spf13/cobra"
	"sigs.k8s.io/kustomize/kyaml/yaml"

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

// result is what a run on files gives. On errors the report has failed.
type result struct {
	files    []*stream.File
	texts    []*stream.Text  // of the files, afterwards
	reverted []report.Object // workloads and jobs that had an earlier conversion
	*report.Report
}

// run reads, converts and prints.
func (v *fileVerb) run(args []string) (r result, err error) {
	r.Report = &report.Report{}
	if r.files, err = v.read(args, r.Report); err != nil {
		return r, err
	}
	set, outcome := fn.Convert(itemsOf(r.files), r.Report, v.load)
	if outcome != nil {
		r.reverted = outcome.Reverted
	}
	if r.texts, err = printed(r.files, set.Items); err != nil {
		return r, err
	}
	return r, v.checkKustomizations(args, r)
}

func (v *fileVerb) load() (config.Spec, []string) { return loadConfig(v.configFile, v.mode) }

// loadConfig reads a functionConfig from a file; "" gives the default configuration.
func loadConfig(name string, mode config.Mode) (config.Spec, []string) {
	spec, problems := config.Load(nil)
	if name != "" {
		text, err := readFile(name)
		if errors.Is(err, syscall.EISDIR) {
			return spec, []string{name + ": is a folder, and --config names a file"}
		}
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
		if root == nil || yaml.IsYNodeTaggedNull(root) {
			return spec, []string{name + ": is empty: leave out --config for the defaults"}
		}
		spec, problems = config.Load(root)
	}
	if mode != "" {
		spec.Mode = mode
	}
	return spec, problems
}
