package cli

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/kustomize"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/starter"
	"github.com/boxp/dindify/fn/stream"
)

func newInit(s Streams) *cobra.Command {
	var dryRun bool
	var options kustomize.Options
	cmd := &cobra.Command{
		Use:   "init [DIR]",
		Short: "Write a first configuration for a folder of manifests",
		Long: `init looks at what a kustomization builds, or at a folder of plain manifests, and writes a configuration with what its
Docker clients need: a kustomize component in DIR/dindify, or DIR/dindify.yaml. It says what will be converted and what
will not, and why. It changes no file that is there, and writes nothing where nothing is to be converted.`,
		Example: `  dindify init deploy/ci`,
		Args:    cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			dir := "."
			if len(args) > 0 {
				dir = filepath.Clean(args[0])
			}
			if info, err := os.Stat(dir); err != nil || !info.IsDir() {
				return fmt.Errorf("init needs a folder, and %s is none", dir)
			}
			plan, err := starter.New(dir, func() ([]*kube.Item, error) { return itemsIn(s, dir, options) })
			if err != nil {
				return err
			}
			printPlan(s.Out, plan)
			switch {
			case !plan.Converts():
				return nil
			case dryRun:
				printFiles(s.Out, plan)
			default:
				if err := plan.Write(); err != nil {
					return err
				}
				printSteps(s.Out, plan)
			}
			return nil
		},
	}
	helmFlags(cmd.Flags(), &options)
	cmd.Flags().BoolVarP(&dryRun, "dry-run", "n", false, "print the files instead of writing them")
	return cmd
}

// itemsIn are what a kustomization builds, or what a folder holds.
func itemsIn(s Streams, dir string, o kustomize.Options) ([]*kube.Item, error) {
	if !starter.IsKustomization(dir) {
		files, err := readManifests(s, []string{dir}, &report.Report{})
		return itemsOf(files), err
	}
	o.Off = true // where it lists dindify already
	result, err := kustomize.Build(dir, o)
	if err != nil {
		return nil, err
	}
	text, err := result.YAML()
	if err != nil {
		return nil, err
	}
	file, err := stream.ReadFile("", text)
	if err != nil {
		return nil, err
	}
	return file.Items, nil
}

func printPlan(out io.Writer, p *starter.Plan) {
	if !p.Converts() {
		fmt.Fprintf(out, "Nothing in %s is to be converted.\n", p.Dir)
	}
	printClients(out, "Gets a Docker daemon of its own:\n", p.Clients)
	if len(p.Clients) > 0 && len(p.Assumed) > 0 {
		fmt.Fprintln(out)
	}
	printClients(out, "Gets one too, but is only assumed to run containers of its own. See whether it does, and annotate it with\n"+
		kube.Convert+": \"true\", or with \"false\" where it needs the node's containers:\n", p.Assumed)
	printSection(out, "Is left alone:", p.Left)
	if p.Converts() {
		printSection(out, "Worth knowing:", p.Known)
	}
}

func printClients(out io.Writer, title string, clients []starter.Client) {
	if len(clients) == 0 {
		return
	}
	fmt.Fprint(out, title)
	for _, c := range clients {
		fmt.Fprintf(out, "  %s (%s)\n", c.Name, c.Evidence)
	}
}

func printSection(out io.Writer, title string, findings []report.Finding) {
	if len(findings) == 0 {
		return
	}
	fmt.Fprintf(out, "\n%s\n", title)
	for _, f := range findings {
		fmt.Fprintf(out, "  %s [%s]\n", f, f.ID)
	}
}

func printFiles(out io.Writer, p *starter.Plan) {
	for _, f := range p.Files() {
		fmt.Fprintf(out, "\n# %s\n%s", f.Name, f.Text)
	}
}

func printSteps(out io.Writer, p *starter.Plan) {
	fmt.Fprintln(out, "\nWritten:")
	for _, f := range p.Files() {
		fmt.Fprintf(out, "  %s\n", f.Name)
	}
	if !p.Component {
		fmt.Fprintf(out, "\nConvert the files with:\n  dindify convert -i --config %s %s\n", p.Files()[0].Name, p.Dir)
		return
	}
	fmt.Fprintf(out, "\nAdd to the kustomization in %s (a line, where it has components already):\n  components: [dindify]\n\nThen:\n  dindify build %s | kubectl apply -f -\n", p.Dir, p.Dir)
}
