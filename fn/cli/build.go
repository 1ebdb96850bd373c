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
		Long: `build prints what "kustomize build --enable-alpha-plugins --enable-exec" prints: it is kustomize's own library, with
dindify as the function. It runs no program out of the repository, and refuses a kustomization that names another one.

Where nothing in the kustomization lists dindify, it prints what kustomize builds, with a warning; --mode DinD converts
that with the defaults. --config is carried out after everything else that the kustomization does, instead of the
configurations that it lists; --mode overrides the mode of those. Nothing to print is an error: a tool that prunes would
delete everything.`,
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
	f.StringVarP(&b.output, "output", "o", "", "file to write instead of standard output, or folder to write a file for "+
		"each object into")
	f.StringVar(&b.options.LoadRestrictor, "load-restrictor", "LoadRestrictionsRootOnly", "LoadRestrictionsNone lets "+
		"kustomizations load files from outside their folder")
	f.StringVar(&b.options.Reorder, "reorder", "", "legacy or none: the order of the output, instead of the "+
		"kustomization's")
	helmFlags(f, &b.options)
	f.BoolVar(&b.options.ManagedByLabel, "enable-managedby-label", false, "add the label app.kubernetes.io/managed-by "+
		"to everything")
	return cmd
}

// helmFlags are those of kustomize build.
func helmFlags(f *pflag.FlagSet, o *kustomize.Options) {
	f.BoolVar(&o.EnableHelm, "enable-helm", false, "let kustomizations inflate Helm charts")
	f.StringVar(&o.HelmCommand, "helm-command", "helm", "the helm to do it with")
	f.StringArrayVar(&o.HelmAPIVersions, "helm-api-versions", nil, "Kubernetes API versions that charts see as "+
		"Capabilities.APIVersions")
	f.StringVar(&o.HelmKubeVersion, "helm-kube-version", "", "Kubernetes version that charts see as "+
		"Capabilities.KubeVersion")
	f.BoolVar(&o.HelmDebug, "helm-debug", false, "let helm say what it does")
}

func (b *build) run(target string) error {
	modes := config.Values(reflect.TypeFor[config.Mode]())
	if b.mode != "" && !slices.Contains(modes, b.mode) {
		return fmt.Errorf("--mode must be %s, got %q", strings.Join(modes, ", "), b.mode)
	}
	result, err := b.build(target)
	switch {
	case errors.Is(err, kustomize.ErrFunction):
		return errSaid
	case err != nil:
		return err
	case result.IsEmpty():
		return errors.New(target + " builds nothing at all: a tool that prunes would delete everything, so this is an error")
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

// warnOfBroken looks for what the kustomization changed in a conversion after the function ran: names, images, mounts.
func (b *build) warnOfBroken(text string) error {
	file, err := stream.ReadFile("", text)
	if err != nil {
		return err
	}
	all, rep := &report.Report{}, &report.Report{}
	fn.Items(file.Items, all, func() (config.Spec, []string) { return loadConfig("", config.Audit) })
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
	rep := &report.Report{}
	rep.Add(notListed(target))
	printFindings(b.Streams, rep, report.Warning)
	return result, nil
}

// notListed says that nothing was converted. It is no error, since without a line that lists dindify a kustomization
// is off wherever else it is built.
func notListed(target string) report.Finding {
	return report.Finding{Severity: report.Warning, Reason: report.Because(report.NotListed,
		"nothing in %s lists dindify, so this is what kustomize builds: to convert it, list the component, or give "+
			"--config or --mode DinD", target)}
}

func (b *build) write(result *kustomize.Result, text string) error {
	if info, err := os.Stat(b.output); err == nil && info.IsDir() {
		return writeFolder(b.output, result)
	}
	if b.output != "" {
		return os.WriteFile(b.output, []byte(text), 0o644)
	}
	_, err := io.WriteString(b.Out, text)
	return err
}

// writeFolder writes a file for each object, and nothing outside of the folder: not through a symbolic link either.
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
