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

// initializer holds the init verb and its flags.
type initializer struct {
	Streams
	options     kustomize.Options
	dryRun, yes bool
	out         string
	exclude     []string
	answers     io.Reader // of a person
	command     []string  // prints the manifests
	helm4       bool      // the command is Helm 4

	messages io.Writer                 // output for people: standard error if the configuration is printed
	files    map[string][]*stream.File // files that were read, by the path of their source
	listed   map[string]bool           // kustomizations that list dindify, or build one that does
	skipped  int                       // kustomizations that do not build, and charts
}

func newInit(s Streams) *cobra.Command {
	n := &initializer{Streams: s, answers: s.In, messages: s.Out, listed: map[string]bool{}}
	cmd := &cobra.Command{
		Use:   "init [flags] [DIR | FILE | - | -- COMMAND...]",
		Short: "Write a first configuration for a kustomization, for manifests, or for what a command prints",
		Long: `init reads a kustomization, a folder of manifests, a single file, or standard input, and writes a configuration for its
Docker clients, each line with its reason, to DIR/dindify/dindify.yaml: a kustomize component, or a file in a separate
folder, which kubectl apply -f DIR does not read. For a kpt package it writes dindify.yaml beside the Kptfile. init prints
what will be converted and what will not, and why, and the next three commands. In a repository it finds the kustomizations,
the kpt packages, and the manifests beside them, with workloads to convert. It exits 1 if it skipped one, or a chart that
uses the node's Docker.

After -- it runs a command that prints manifests, and writes dindify.yaml. The next commands then repeat that command. For
Helm 4 it also writes a plugin, dindify-helm: Helm 4 takes post-renderers from plugins only.

On a terminal it asks before it writes; --yes answers. If there is a configuration already, init shows the changes, and
writes them only after confirmation.`,
		Example: `  dindify init deploy/ci
  dindify init -o deploy -- helm template my-release my-chart
  kubectl get deployments -o yaml | dindify init - > dindify.yaml`,
		Args: pathOrCommand,
		RunE: func(cmd *cobra.Command, args []string) error {
			switch {
			case cmd.ArgsLenAtDash() == 0:
				return n.runCommand(cmd.Context(), args)
			case len(args) > 0:
				return n.run(args[0])
			}
			return n.run(".")
		},
	}
	f := cmd.Flags()
	helmFlags(f, &n.options)
	f.BoolVarP(&n.dryRun, "dry-run", "n", false, "print the files instead of writing them")
	excludeFlag(cmd, &n.exclude)
	f.BoolVarP(&n.yes, "yes", "y", false, "do not ask; replace an existing configuration")
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
	plan.Listed = n.listed[source.Path]
	if source.Kind == starter.Stream && n.out == "" {
		n.messages = n.Err // standard output is for the configuration
	}
	printFindings(n.Streams, rep, report.Warning)
	skipped := n.skipped + countSkipped(rep)
	if skipped == 0 && objectsIn(itemsOf(n.files[source.Path])) == 0 {
		return fmt.Errorf("%s has no Kubernetes object", nameOf(source))
	}
	printPlan(n.messages, plan)
	switch {
	case plan.Converts():
		return errors.Join(n.deliver(plan), n.overlooked())
	case skipped > 0:
		return nothingWritten(skipped)
	}
	return nil
}

// deliver prints or writes the configuration.
func (n *initializer) deliver(plan *starter.Plan) error {
	switch {
	case n.dryRun:
		printFiles(n.Out, plan)
		return nil
	case plan.Out == "":
		printSteps(n.messages, plan, "")
		_, err := io.WriteString(n.Out, plan.Files()[0].Text)
		return err
	}
	return n.write(plan)
}

// source returns the source at a path.
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
	case starter.Manifests, starter.Package:
		for _, pattern := range n.exclude {
			source.Args = append(source.Args, "--exclude", pattern)
		}
	case starter.Stream:
		return n.stream(source)
	}
	return source, nil
}

// write writes new files, and changed files if allowed.
func (n *initializer) write(plan *starter.Plan) error {
	changed, err := plan.Differences()
	if err != nil {
		return err
	}
	if len(changed) == 0 {
		printSteps(n.messages, plan, "The configuration is up to date:")
		return nil
	}
	question := "Write " + strings.Join(names(changed), ", ") + "?"
	replaced := false
	for _, f := range changed {
		if f.Before != "" {
			replaced = true
			fmt.Fprintf(n.messages, "\n%s", f.Unified())
		}
	}
	if replaced {
		question = "Replace the existing configuration?"
	}
	switch {
	case n.yes:
	case n.asks():
		if !n.confirm(question) {
			return errors.New("nothing was written")
		}
	case replaced:
		return fmt.Errorf("%s: the existing configuration differs from the new one, see above; "+
			"nothing was written, --yes replaces it", strings.Join(names(changed), ", "))
	}
	if err := starter.Write(changed); err != nil {
		return err
	}
	printSteps(n.messages, plan, "Written:")
	return nil
}

func names(files []diff.File) (all []string) {
	for _, f := range files {
		all = append(all, f.Name)
	}
	return all
}

// items returns the objects of a source, parsed again on each call, since a conversion edits them. The source is read
// once: a kustomization may have to render charts.
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

// read reads files, or the output of a kustomization.
func (n *initializer) read(source starter.Source, rep *report.Report) ([]*stream.File, error) {
	if source.Kind != starter.Kustomization {
		v := &fileVerb{Streams: n.Streams, noConfig: true, exclude: n.exclude, verb: initVerb}
		return v.read([]string{source.Path}, rep)
	}
	o := n.options
	o.Off = true // if it lists dindify already
	result, err := kustomize.Build(source.Path, o)
	if err != nil {
		return nil, err
	}
	n.listed[source.Path] = result.Listed
	text, err := result.YAML()
	if err != nil {
		return nil, err
	}
	file, err := stream.ReadFile("", text)
	return []*stream.File{file}, err
}

// resolve finds the kustomization for a repository's root, and refuses a path that is no source.
func (n *initializer) resolve(path string) (string, error) {
	if path == "-" {
		return path, nil
	}
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return "", pathError(err)
	case !info.IsDir(), starter.IsKustomization(path):
		return path, nil
	case starter.IsChart(path):
		return "", chartError(path, initVerb)
	}
	return n.chosen(path)
}
