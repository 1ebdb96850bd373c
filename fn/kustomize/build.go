// Package kustomize builds a kustomization with kustomize's own library, with dindify as its function. It prints what
// kustomize build --enable-alpha-plugins --enable-exec prints, because kustomize calls the function and prints. The
// only program that runs is dindify itself, never one of the repository.
package kustomize

import (
	"errors"
	"fmt"
	"strings"

	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/api/resmap"
	"sigs.k8s.io/kustomize/api/types"
	"sigs.k8s.io/kustomize/kyaml/filesys"
	"sigs.k8s.io/kustomize/kyaml/openapi"
)

// Options holds the options of kustomize build that make sense if dindify is the only plugin.
type Options struct {
	LoadRestrictor  string // LoadRestrictionsRootOnly or LoadRestrictionsNone; "" is the former
	Reorder         string // legacy or none; "" is the kustomization's own sortOptions, or legacy
	EnableHelm      bool
	HelmCommand     string
	HelmAPIVersions []string
	HelmKubeVersion string
	HelmDebug       bool
	ManagedByLabel  bool

	// Off leaves the resources unchanged although the kustomization names dindify, whose component may not be there yet.
	Off bool
	// Mode replaces the mode of the configurations that the kustomization names; "" keeps it.
	Mode string
	// Extra is a functionConfig to apply after all other steps of the top kustomization; "" is none.
	Extra string
}

// Result is the output of a build.
type Result struct {
	resources resmap.ResMap
	Listed    bool // whether the kustomization, or one below it, names dindify
}

// ErrFunction is returned if the function has failed; it has printed the reason to standard error.
var ErrFunction = errors.New("dindify, as the function of a kustomization, has failed")

// Build builds a folder or a URL. It is an error if a kustomization names a function or plugin other than dindify.
func Build(target string, o Options) (*Result, error) {
	opts, err := o.krusty()
	if err != nil {
		return nil, err
	}
	leave, err := becomeTheFunction(o)
	if err != nil {
		return nil, err
	}
	defer leave()
	b := &builder{opts: opts, off: o.Off, checked: map[string]bool{}}
	resources, listed, err := b.build(target, o.Extra)
	if err != nil {
		return nil, err
	}
	return &Result{resources, listed}, nil
}

// builder runs kustomize, and checks the functions of each kustomization that it reads.
type builder struct {
	opts    *krusty.Options
	off     bool            // see Options.Off
	checked map[string]bool // folders of function configurations; false while they are being checked
}

// build runs kustomize. If a kustomization takes its transformers from a folder, that folder is built and checked
// first, and the build starts again: kustomize's OpenAPI schema is global, so builds cannot be nested.
func (b *builder) build(target, extra string) (m resmap.ResMap, listed bool, err error) {
	for {
		openapi.ResetOpenAPI() // kustomize run as a command has none of an earlier build
		fs := &checkingFS{FileSystem: filesys.MakeFsOnDisk(), builder: b, extra: extra, roots: map[string][]string{}}
		m, err = krusty.MakeKustomizer(b.opts).Run(fs, target)
		switch {
		case len(fs.pending) > 0:
			for _, dir := range fs.pending {
				if err := b.checkFolder(dir); err != nil {
					return nil, false, err
				}
			}
			continue
		case fs.refused != nil:
			return nil, false, fs.refused
		case err != nil && strings.Contains(err.Error(), "couldn't execute function: exit status"):
			return nil, false, fmt.Errorf("%w: %w", ErrFunction, err)
		case err != nil && strings.Contains(err.Error(), needsHelm):
			return nil, false, fmt.Errorf("%s, or a kustomization that it builds, has helmCharts: add --enable-helm, and "+
				"kustomize runs helm", target)
		case err != nil && strings.Contains(err.Error(), "evalsymlink failure on '"+target+"'"):
			return nil, false, fmt.Errorf("%s: no such folder, and no URL of a kustomization", target)
		case err != nil:
			return nil, false, readable(target, err)
		}
		return m, fs.listed, nil
	}
}

// needsHelm is the end of kustomize's error for helmCharts (api/internal/builtins/HelmChartInflationGenerator.go).
const needsHelm = "must specify --enable-helm"

// checkFolder builds a folder that kustomizations list under transformers, generators or validators.
func (b *builder) checkFolder(dir string) error {
	if done, begun := b.checked[dir]; begun {
		if !done {
			return fmt.Errorf("%s lists itself among its transformers, generators or validators", dir)
		}
		return nil
	}
	b.checked[dir] = false
	m, _, err := b.build(dir, "")
	if err != nil {
		return err
	}
	for _, r := range m.Resources() {
		if _, err := isOurs(&r.RNode); err != nil {
			return fmt.Errorf("%s: %w", dir, err)
		}
	}
	b.checked[dir] = true
	return nil
}

func (o Options) krusty() (*krusty.Options, error) {
	opts := krusty.MakeDefaultOptions()
	opts.AddManagedbyLabel = o.ManagedByLabel
	opts.PluginConfig = types.EnabledPluginConfig(types.BploUseStaticallyLinked)
	opts.PluginConfig.FnpLoadingOptions.EnableExec = true
	opts.PluginConfig.HelmConfig = types.HelmConfig{
		Enabled: o.EnableHelm, Command: o.HelmCommand, ApiVersions: o.HelmAPIVersions,
		KubeVersion: o.HelmKubeVersion, Debug: o.HelmDebug,
	}
	switch o.LoadRestrictor {
	case "", types.LoadRestrictionsRootOnly.String():
	case types.LoadRestrictionsNone.String():
		opts.LoadRestrictions = types.LoadRestrictionsNone
	default:
		return nil, fmt.Errorf("--load-restrictor must be LoadRestrictionsRootOnly or LoadRestrictionsNone, got %q",
			o.LoadRestrictor)
	}
	switch opts.Reorder = krusty.ReorderOption(o.Reorder); opts.Reorder {
	case "":
		opts.Reorder = krusty.ReorderOptionUnspecified
	case krusty.ReorderOptionLegacy, krusty.ReorderOptionNone:
	default:
		return nil, fmt.Errorf("--reorder must be legacy or none, got %q", o.Reorder)
	}
	return opts, nil
}
