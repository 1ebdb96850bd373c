package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"reflect"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/boxp/dindify/fn/config"
	fn "github.com/boxp/dindify/fn/function"
	"github.com/boxp/dindify/fn/kustomize"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/starter"
	"github.com/boxp/dindify/fn/stream"
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
		Short: "Build a kustomization with dindify as its function",
		Long: `build prints the output of "kustomize build --enable-alpha-plugins --enable-exec": it runs kustomize's own library, with
dindify as the function. It runs no program from the repository, and refuses a kustomization that names another one.

If the kustomization does not list dindify, build prints the output of kustomize unchanged, with a warning; --mode DinD
converts it with the defaults. The configuration of --config replaces those that the kustomization lists, and is applied
last; --mode replaces the mode of the listed ones. It is an error if the output is empty: a tool that prunes would delete
everything.`,
		Example: `  dindify build overlays/dind
  dindify build --config dindify.yaml base
  dindify build --mode DinD base`,
		Args: atMostOne,
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				args = []string{"."}
			}
			return b.run(args[0])
		},
	}
	f := cmd.Flags()
	f.VarP((*fileName)(&b.configFile), "config", "c", "file with a functionConfig that replaces the kustomization's")
	f.StringVar(&b.mode, "mode", "", "DinD, DooD or Audit; replaces the mode of the configuration")
	complete(cmd, "mode", "DinD", "DooD", "Audit")
	f.StringVarP(&b.output, "output", "o", "", "output file, or folder for one file per "+
		"object, which is created if the name ends in / (default: standard output)")
	f.StringVar(&b.options.LoadRestrictor, "load-restrictor", "LoadRestrictionsRootOnly", "LoadRestrictionsNone lets "+
		"kustomizations load files from outside their folder")
	f.StringVar(&b.options.Reorder, "reorder", "", "legacy or none: the order of the output, instead of the "+
		"kustomization's")
	helmFlags(f, &b.options)
	f.BoolVar(&b.options.ManagedByLabel, "enable-managedby-label", false, "add the label app.kubernetes.io/managed-by "+
		"to everything")
	return cmd
}

// helmFlags adds kustomize build's flags for Helm.
func helmFlags(f *pflag.FlagSet, o *kustomize.Options) {
	f.BoolVar(&o.EnableHelm, "enable-helm", false, "let kustomizations inflate Helm charts")
	f.StringVar(&o.HelmCommand, "helm-command", "helm", "the helm program to use")
	f.StringArrayVar(&o.HelmAPIVersions, "helm-api-versions", nil, "Kubernetes API versions that charts see as "+
		"Capabilities.APIVersions")
	f.StringVar(&o.HelmKubeVersion, "helm-kube-version", "", "Kubernetes version that charts see as "+
		"Capabilities.KubeVersion")
	f.BoolVar(&o.HelmDebug, "helm-debug", false, "enable helm's debug output")
}

func (b *build) run(target string) error {
	modes := config.Values(reflect.TypeFor[config.Mode]())
	if b.mode != "" && !slices.Contains(modes, b.mode) {
		return fmt.Errorf("--mode must be %s, got %q", strings.Join(modes, ", "), b.mode)
	}
	if err := noKustomization(target); err != nil {
		return err
	}
	result, err := b.build(target)
	switch {
	case errors.Is(err, kustomize.ErrFunction):
		return errReported
	case err != nil:
		return err
	case result.IsEmpty():
		return errors.New(target + " builds no objects: a tool that prunes would delete everything, so this is an error")
	}
	if result.HasMarker() {
		b.warn(markerLeft(target))
	}
	text, err := result.YAML()
	if err != nil {
		return err
	}
	if err := b.warnOfBroken(text); err != nil {
		return err
	}
	return b.write(result, text)
}

// noKustomization refuses a folder that another verb reads.
func noKustomization(folder string) error {
	info, err := os.Stat(folder)
	switch {
	case err != nil || starter.IsKustomization(folder): // a remote kustomization is no file
		return nil
	case !info.IsDir():
		return fmt.Errorf("%s is a file, and build takes the folder of a kustomization: for manifests use dindify convert %s",
			folder, folder)
	case starter.IsChart(folder):
		return chartError(folder, "convert")
	}
	return fmt.Errorf("%s has no kustomization: for plain manifests use dindify convert %s", folder, folder)
}

// warnOfBroken warns of changes that the kustomization made to a conversion after the function: names, images,
// mounts.
func (b *build) warnOfBroken(text string) error {
	file, err := stream.ReadFile("", text)
	if err != nil {
		return err
	}
	all, rep := &report.Report{}, &report.Report{}
	_, _ = fn.Convert(file.Items, all, func() (config.Spec, []string) { return loadConfig("", config.Audit) })
	for _, f := range all.All() {
		if f.ID == report.ConversionBroken {
			rep.Add(*f)
		}
	}
	printFindings(b.Streams, rep, report.Warning)
	return nil
}

func (b *build) build(target string) (*kustomize.Result, error) {
	o := b.options
	o.Mode = b.mode
	if b.configFile != "" {
		extra, err := functionFile(b.configFile, config.Mode(b.mode))
		if err != nil {
			return nil, err
		}
		o.Extra = extra
		return kustomize.Build(target, o)
	}
	result, err := kustomize.Build(target, o)
	if err != nil || result.Listed {
		return result, err
	}
	if b.mode != "" {
		o.Extra, err = functionOf(defaultConfig, config.Mode(b.mode))
		if err != nil {
			return nil, err
		}
		return kustomize.Build(target, o)
	}
	b.warn(notListed(target))
	return result, nil
}

func (b *build) warn(f report.Finding) {
	rep := &report.Report{}
	rep.Add(f)
	printFindings(b.Streams, rep, report.Warning)
}

// markerLeft reports that nothing deletes the object by which a build fails closed. The API server rejects that object,
// but kubectl applies all others.
func markerLeft(target string) report.Finding {
	return report.Finding{Severity: report.Warning, Reason: report.Because(report.NotClosed,
		"the output of %s has the object of kind %s, which fail-closed.yaml deletes: list that file after the "+
			"functionConfig in the component, or run dindify init again; without it, kustomize skips the function silently",
		target, fn.MarkerKind)}
}

// notListed reports that nothing was converted. It is not an error: a kustomization without a line for dindify is
// simply not switched on.
func notListed(target string) report.Finding {
	return report.Finding{Severity: report.Warning, Reason: report.Because(report.NotListed,
		"nothing in %s lists dindify, so the output is that of kustomize: to convert it, list the component, or use "+
			"--config or --mode DinD", target)}
}

func (b *build) write(result *kustomize.Result, text string) error {
	if strings.HasSuffix(b.output, "/") {
		if err := os.MkdirAll(b.output, 0o755); err != nil {
			return err
		}
	}
	if info, err := os.Stat(b.output); err == nil && info.IsDir() {
		return writeFolder(b.output, result)
	}
	if b.output != "" {
		return os.WriteFile(b.output, []byte(text), 0o644)
	}
	_, err := io.WriteString(b.Out, text)
	return err
}

// writeFolder writes a file per object, and never outside of the folder, not even through a symbolic link.
func writeFolder(dir string, result *kustomize.Result) error {
	files, err := result.Files()
	if err != nil {
		return err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	var errs []error
	for _, f := range files {
		errs = append(errs, root.WriteFile(f.Name, []byte(f.Text), 0o644))
	}
	return errors.Join(append(errs, root.Close())...)
}
