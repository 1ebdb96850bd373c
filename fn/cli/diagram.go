package cli

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/convert"
	"github.com/boxp/dindify/fn/diagram"
	fn "github.com/boxp/dindify/fn/function"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/stream"
)

func newDiagram(s Streams) *cobra.Command {
	v := &fileVerb{Streams: s}
	var object, format string
	var sides diagram.Sides
	cmd := &cobra.Command{
		Use:   "diagram [FILE|DIR|-]...",
		Args:  noURLs,
		Short: "Draw a workload before and after its conversion, as SVG or for Markdown",
		Long: `diagram draws a workload before and after its conversion: which container reaches which Docker daemon, by which path,
and which volumes they share. The picture fits light and dark pages; -o mermaid is for a code block in Markdown. Existing
conversions in the input are reverted first.`,
		Example: `  dindify diagram manifests/ > pod.svg
  kustomize build . | dindify diagram --config dindify.yaml --object Deployment/agent - > agent.svg`,
		RunE: func(_ *cobra.Command, args []string) error {
			draw, ok := drawings[format]
			if !ok {
				return fmt.Errorf("-o must be svg or mermaid, got %q", format)
			}
			audited, converted, err := v.discoverBoth(args)
			if err != nil {
				return err
			}
			workload, err := choose(diagram.Workloads(converted), object)
			if err != nil {
				return err
			}
			if !sides.Before && !sides.After {
				sides = diagram.Sides{Before: true, After: true}
			}
			picture, err := diagram.Read(workload, audited, converted)
			if err != nil {
				return err
			}
			return draw(s.Out, picture, sides)
		},
	}
	v.convertFlags(cmd)
	cmd.Flags().StringVarP(&format, "output", "o", "svg", "svg or mermaid")
	complete(cmd, "output", "svg", "mermaid")
	cmd.Flags().StringVar(&object, "object", "", "Kind/name of the workload if there are several; or "+
		"Kind/namespace/name")
	cmd.Flags().BoolVar(&sides.Before, "before", false, "draw only the current state")
	cmd.Flags().BoolVar(&sides.After, "after", false, "draw only the converted state")
	return cmd
}

// drawings maps -o to the form of a picture.
var drawings = map[string]func(io.Writer, diagram.Picture, diagram.Sides) error{
	"svg":     diagram.Draw,
	"mermaid": diagram.Mermaid,
}

// discoverBoth reads the files twice: for the original without conversions, and for the converted state.
func (v *fileVerb) discoverBoth(args []string) (audited, converted *convert.Outcome, err error) {
	rep := &report.Report{}
	files, err := v.read(args, rep)
	if err != nil {
		return nil, nil, err
	}
	again, err := reread(files)
	if err != nil {
		return nil, nil, err
	}
	if audited, err = v.discover(itemsOf(files)); err != nil {
		return nil, nil, err
	}
	if _, converted = fn.Convert(itemsOf(again), rep, v.load); rep.Failed() {
		printFindings(v.Streams, rep, report.Error)
		return nil, nil, errReported
	}
	if len(converted.Converted) == 0 {
		printFindings(v.Streams, rep, report.Warning)
		if err := v.refuseIdle(args); err != nil {
			return nil, nil, err
		}
		return nil, nil, errors.New("nothing to draw: no workload of the input is converted; dindify audit lists the uses " +
			"of a container runtime and why each is not converted, and the annotation " + kube.ConvertAnnotation +
			`: "true" selects a workload that dindify is unsure of`)
	}
	return audited, converted, nil
}

// discover reverts conversions, and then finds the uses of the node's runtime.
func (v *fileVerb) discover(items []*kube.Item) (audited *convert.Outcome, err error) {
	rep := &report.Report{}
	for _, mode := range []config.Mode{config.DooD, config.Audit} {
		items, audited = convertIn(mode, items, rep, v.configFile)
		if rep.Failed() {
			printFindings(v.Streams, rep, report.Error)
			return nil, errReported
		}
	}
	return audited, nil
}

func convertIn(mode config.Mode, items []*kube.Item, rep *report.Report, file string) ([]*kube.Item,
	*convert.Outcome,
) {
	set, found := fn.Convert(items, rep, func() (config.Spec, []string) { return loadConfig(file, mode) })
	return present(set.Items), found
}

func reread(files []*stream.File) ([]*stream.File, error) {
	var again []*stream.File
	for _, f := range files {
		more, err := stream.ReadFile(f.Name, f.Text())
		if err != nil {
			return nil, err
		}
		again = append(again, more)
	}
	return again, nil
}

// choose finds the workload of a name; "" means the only one.
func choose(all []report.Object, object string) (report.Object, error) {
	var names []string
	var meant []report.Object
	for _, o := range all {
		names = append(names, o.String())
		if object == "" || object == o.String() || object == o.Kind+"/"+o.Name {
			meant = append(meant, o)
		}
	}
	switch {
	case len(meant) == 1:
		return meant[0], nil
	case len(meant) == 0:
		return report.Object{}, fmt.Errorf("--object %s: no converted workload has this name; there is %s", object,
			strings.Join(names, ", "))
	}
	slices.Sort(names)
	return report.Object{}, fmt.Errorf("%d workloads are converted, but a picture shows only one: select it with "+
		"--object: %s", len(meant), strings.Join(names, ", "))
}
