package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/boxp/dindify/fn/diff"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/kustomize"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/starter"
	"github.com/boxp/dindify/fn/stream"
)

// initializer is the init verb with its flags.
type initializer struct {
	Streams
	options     kustomize.Options
	dryRun, yes bool
	out         string
	exclude     []string

	said  io.Writer                 // what is said to people: standard error, where the configuration is printed
	files map[string][]*stream.File // that were read, by the path of their source
}

func newInit(s Streams) *cobra.Command {
	n := &initializer{Streams: s, said: s.Out}
	cmd := &cobra.Command{
		Use:   "init [DIR|FILE|-]",
		Short: "Write a first configuration for a kustomization, for manifests, or for what is piped in",
		Long: `init looks at what a kustomization builds, at a folder of manifests, at one file, or at standard input, and writes a
configuration with what its Docker clients need, each line with its reason, to DIR/dindify/dindify.yaml: a kustomize
component, or a file in a folder of its own, which kubectl apply -f DIR does not read. Of a kpt package it is dindify.yaml
beside the Kptfile. init says what will be converted and what will not, and why, and ends with the next three commands. In a
repository it finds the kustomizations that have something to convert.

On a terminal it asks before it writes; --yes answers. Where a configuration is there already, init shows what would change,
and writes that only when it is told to.`,
		Example: `  dindify init deploy/ci
  helm template my-release my-chart | dindify init -o deploy -`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			path := "."
			if len(args) > 0 {
				path = args[0]
			}
			return n.run(path)
		},
	}
	f := cmd.Flags()
	helmFlags(f, &n.options)
	f.BoolVarP(&n.dryRun, "dry-run", "n", false, "print the files instead of writing them")
	excludeFlag(cmd, &n.exclude)
	f.BoolVarP(&n.yes, "yes", "y", false, "do not ask; replace a configuration that is there")
	f.StringVarP(&n.out, "output", "o", "", "folder for the configuration (default: that of the manifests; for standard "+
		"input it is printed)")
	return cmd
}

func (n *initializer) run(path string) error {
	if path != "-" {
		path = filepath.Clean(path)
	}
	source, err := n.source(path)
	if err != nil {
		return err
	}
	rep := &report.Report{}
	plan, err := starter.New(source, func() ([]*kube.Item, error) { return n.items(source, rep) })
	if err != nil {
		return err
	}
	if source.Kind == starter.Stream && n.out == "" {
		n.said = n.Err // standard output is for the configuration
	}
	printFindings(n.Streams, rep, report.Warning)
	printPlan(n.said, plan)
	switch {
	case !plan.Converts():
		return nil
	case n.dryRun:
		printFiles(n.Out, plan)
		return nil
	case source.Out == "":
		printSteps(n.said, plan, "")
		_, err := io.WriteString(n.Out, plan.Files()[0].Text)
		return err
	}
	return n.write(plan)
}

// source is what a path means.
func (n *initializer) source(path string) (starter.Source, error) {
	path, err := n.resolve(path)
	if err != nil {
		return starter.Source{}, err
	}
	source := starter.Of(path, n.out)
	switch source.Kind {
	case starter.Kustomization:
		if n.options.EnableHelm {
			source.Args = []string{"--enable-helm"}
		}
	case starter.Stream:
		text, err := n.input()
		source.Helm = strings.Contains("\n"+text, "\n# Source: ") // Helm writes it above what each template makes
		return source, err
	}
	return source, nil
}

// write writes what is new, and what has changed where it may.
func (n *initializer) write(plan *starter.Plan) error {
	changed, err := plan.Differences()
	if err != nil {
		return err
	}
	if len(changed) == 0 {
		printSteps(n.said, plan, "The configuration is up to date:")
		return nil
	}
	question := "Write " + strings.Join(names(changed), ", ") + "?"
	replaced := false
	for _, f := range changed {
		if f.Before != "" {
			replaced = true
			fmt.Fprintf(n.said, "\n%s", f.Unified())
		}
	}
	if replaced {
		question = "Replace what is there by that?"
	}
	switch {
	case n.yes:
	case n.asks():
		if !n.confirm(question) {
			return errors.New("nothing was written")
		}
	case replaced:
		return fmt.Errorf("%s: there is a configuration already, and the one for what is there now differs: see above; "+
			"nothing was written, --yes replaces it", strings.Join(names(changed), ", "))
	}
	if err := starter.Write(changed); err != nil {
		return err
	}
	printSteps(n.said, plan, "Written:")
	return nil
}

func names(files []diff.File) (all []string) {
	for _, f := range files {
		all = append(all, f.Name)
	}
	return all
}

// items are what a source holds, parsed anew each time, since a conversion edits them. The source is read once: a
// kustomization may have charts to render.
func (n *initializer) items(source starter.Source, rep *report.Report) ([]*kube.Item, error) {
	if n.files[source.Path] == nil {
		files, err := n.read(source, rep)
		if err != nil {
			return nil, err
		}
		if n.files == nil {
			n.files = map[string][]*stream.File{}
		}
		n.files[source.Path] = files
	}
	again, err := reread(n.files[source.Path])
	return itemsOf(again), err
}

// read reads files, or what a kustomization builds.
func (n *initializer) read(source starter.Source, rep *report.Report) ([]*stream.File, error) {
	if source.Kind != starter.Kustomization {
		j := &job{Streams: n.Streams, noConfig: true, exclude: n.exclude, verb: "init -o ."}
		return j.read([]string{source.Path}, rep)
	}
	o := n.options
	o.Off = true // where it lists dindify already
	result, err := kustomize.Build(source.Path, o)
	if err != nil {
		return nil, err
	}
	text, err := result.YAML()
	if err != nil {
		return nil, err
	}
	file, err := stream.ReadFile("", text)
	return []*stream.File{file}, err
}

// input is standard input, which can be read once, and is looked at twice.
func (n *initializer) input() (string, error) {
	text, err := readAll(n.In)
	n.In = strings.NewReader(text)
	return text, err
}

// resolve finds the kustomization that a repository's root means, and refuses what is no source.
func (n *initializer) resolve(path string) (string, error) {
	if path == "-" {
		return path, nil
	}
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return "", err
	case !info.IsDir(), starter.IsKustomization(path):
		return path, nil
	case starter.IsChart(path):
		return "", fmt.Errorf("%s is a Helm chart, and its templates are no manifests until they are rendered: helm "+
			"template %s | dindify init -o . -", path, path)
	}
	return n.chosen(path)
}
