package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"
	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/config"
	fn "github.com/boxp/dindify/fn/function"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/kustomize"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/stream"
	"github.com/boxp/dindify/fn/yamldoc"
)

type build struct {
	Streams
	options            kustomize.Options
	configFile, output string
	mode               string
}

func newBuild(s Streams) *cobra.Command {
	b := &build{Streams: s}
	cmd := &cobra.Command{
		Use:   "build [DIR|URL]",
		Short: "Build a kustomization and convert it, in one process",
		Long: `build does what kustomize build does, with kustomize's own library, and then converts what comes out. It needs no
alpha flag and runs no program out of the repository.

The configuration is --config, else that of the kustomization, where it names dindify as a transformer; it is carried
out once, after everything else. Without either, dindify is off: what kustomize builds comes out as it is, with a
warning; --mode DinD converts it with the defaults. Nothing to print is an error: a tool that prunes would take it for
an order to delete everything.`,
		Example: `  dindify build overlays/dind
  dindify build --config dindify.yaml base
  dindify build --mode DinD base`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				args = []string{"."}
			}
			return b.run(args[0])
		},
	}
	f := cmd.Flags()
	f.StringVarP(&b.configFile, "config", "c", "", "file with the functionConfig, instead of the kustomization's")
	f.StringVar(&b.mode, "mode", "", "DinD, DooD or Audit, instead of the configuration's")
	complete(cmd, "mode", "DinD", "DooD", "Audit")
	f.StringVarP(&b.output, "output", "o", "", "file to write instead of standard output, or folder to write a file for each object into")
	f.StringVar(&b.options.LoadRestrictor, "load-restrictor", "LoadRestrictionsRootOnly", "LoadRestrictionsNone lets kustomizations load files from outside their folder")
	f.StringVar(&b.options.Reorder, "reorder", "", "legacy or none: the order of the output, instead of the kustomization's")
	f.BoolVar(&b.options.EnableHelm, "enable-helm", false, "let kustomizations inflate Helm charts")
	f.StringVar(&b.options.HelmCommand, "helm-command", "helm", "the helm to do it with")
	f.StringArrayVar(&b.options.HelmAPIVersions, "helm-api-versions", nil, "Kubernetes API versions that charts see as Capabilities.APIVersions")
	f.StringVar(&b.options.HelmKubeVersion, "helm-kube-version", "", "Kubernetes version that charts see as Capabilities.KubeVersion")
	f.BoolVar(&b.options.HelmDebug, "helm-debug", false, "let helm say what it does")
	f.BoolVar(&b.options.ManagedByLabel, "enable-managedby-label", false, "add the label app.kubernetes.io/managed-by to everything")
	return cmd
}

func (b *build) run(target string) error {
	result, err := kustomize.Build(target, b.options)
	if err != nil {
		return err
	}
	configs, err := b.configs(result)
	if err != nil {
		return err
	}
	rep := &report.Report{}
	if len(configs) == 0 {
		rep.Add(off(target))
	}
	items := result.Items
	for _, load := range configs {
		items = present(fn.Items(items, rep, load))
		if rep.Failed() {
			break
		}
	}
	printFindings(b.Streams, rep, report.Warning)
	if rep.Failed() {
		return errSaid
	}
	if items, err = result.Sort(items); err != nil {
		return err
	}
	return b.write(target, items)
}

// off says that nothing was converted. It is no error, since without a line that lists dindify a kustomization is off
// wherever else it is built.
func off(target string) report.Finding {
	return report.Finding{Severity: report.Warning, Reason: report.Because(report.NotListed,
		"nothing in %s lists dindify, so it comes out as kustomize builds it: to convert it, list the component, or give --config or --mode DinD", target)}
}

// configs are the configurations to carry out, one after the other; none where nobody asks for dindify.
func (b *build) configs(result *kustomize.Result) ([]func() (config.Spec, []string), error) {
	if b.configFile == "" && b.mode == "" && len(result.Configs) == 0 {
		return nil, nil
	}
	if b.configFile != "" || len(result.Configs) == 0 {
		return []func() (config.Spec, []string){func() (config.Spec, []string) { return loadConfig(b.configFile, config.Mode(b.mode)) }}, nil
	}
	var loads []func() (config.Spec, []string)
	for i, n := range result.Configs {
		same := func(other *yaml.Node) bool {
			return yamldoc.Equal(yamldoc.Get(other, "spec"), yamldoc.Get(n, "spec"))
		}
		if slices.ContainsFunc(result.Configs[:i], same) {
			continue
		}
		loads = append(loads, func() (config.Spec, []string) { return override(n, config.Mode(b.mode)) })
	}
	if len(loads) < 2 {
		return loads, nil
	}
	for _, n := range result.Configs {
		if len(yamldoc.Items(n, "spec", "targets")) == 0 {
			return nil, fmt.Errorf("the kustomization names dindify %d times, with different configurations, and DinD/%s has no spec.targets: set them, so that each workload is converted by one; or use --config",
				len(loads), yamldoc.Text(n, "metadata", "name"))
		}
	}
	return loads, nil
}

func override(n *yaml.Node, mode config.Mode) (config.Spec, []string) {
	spec, problems := config.Load(n)
	if mode != "" {
		spec.Mode = mode
	}
	return spec, problems
}

func present(items []*kube.Item) []*kube.Item {
	return slices.DeleteFunc(slices.Clone(items), func(i *kube.Item) bool { return i.Gone })
}

func (b *build) write(target string, items []*kube.Item) error {
	if !slices.ContainsFunc(items, func(i *kube.Item) bool { return i.Document().Column() > 0 }) {
		return errors.New(target + " builds nothing at all: a tool that prunes would delete everything, so this is an error")
	}
	texts := make([]*stream.Text, len(items))
	for i, item := range items {
		texts[i] = stream.NewText(item.Document().Text())
	}
	if b.output == "" {
		_, err := join(texts).WriteTo(b.Out)
		return err
	}
	if info, err := os.Stat(b.output); err != nil || !info.IsDir() {
		return os.WriteFile(b.output, []byte(join(texts).String()), 0o644)
	}
	var errs []error
	for i, name := range kustomize.FileNames(items) {
		errs = append(errs, os.WriteFile(filepath.Join(b.output, name), []byte(texts[i].String()), 0o644))
	}
	return errors.Join(errs...)
}
