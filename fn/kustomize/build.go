// Package kustomize builds a kustomization with kustomize's own library, and converts what comes out in the same
// process: no alpha flag, no program run out of a repository, no resource printed and read again for the function.
package kustomize

import (
	"fmt"
	"path/filepath"
	"slices"

	"sigs.k8s.io/kustomize/api/konfig"
	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/api/types"
	"sigs.k8s.io/kustomize/kyaml/filesys"
	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/stream"
	"github.com/boxp/dindify/fn/yamldoc"
)

// Options are those of kustomize build that make sense without plugins.
type Options struct {
	LoadRestrictor  string // LoadRestrictionsRootOnly or LoadRestrictionsNone; "" is the former
	Reorder         string // legacy or none; "" is the kustomization's own sortOptions, else legacy
	EnableHelm      bool
	HelmCommand     string
	HelmAPIVersions []string
	HelmKubeVersion string
	HelmDebug       bool
	ManagedByLabel  bool
}

// Result is what a kustomization builds.
type Result struct {
	Items   []*kube.Item
	Configs []*yaml.Node // dindify's functionConfigs that the kustomization and those below it name, in order

	sort *types.SortOptions
}

// Build builds a folder or a URL, leaving out dindify itself where a kustomization names it as a transformer. Any other
// function is an error, as in kustomize build without --enable-alpha-plugins.
func Build(target string, o Options) (*Result, error) {
	opts, err := o.krusty()
	if err != nil {
		return nil, err
	}
	fs := &withoutUs{FileSystem: filesys.MakeFsOnDisk()}
	resources, err := krusty.MakeKustomizer(opts).Run(fs, target)
	if err != nil {
		return nil, err
	}
	if len(fs.configs) > 0 && len(fs.replaces) > 0 {
		return nil, fmt.Errorf("%s has replacements, which may be meant for what dindify adds: build converts after them, so they would work on the original; build without them (its names need none), or use kustomize build --enable-alpha-plugins --enable-exec", fs.replaces[0])
	}
	text, err := resources.AsYaml()
	if err != nil {
		return nil, err
	}
	file, err := stream.ReadFile("", string(text))
	if err != nil {
		return nil, err
	}
	r := &Result{Items: file.Items, Configs: fs.configs}
	r.takeGuards()
	r.sort, err = sorting(target, opts.Reorder)
	return r, err
}

func (o Options) krusty() (*krusty.Options, error) {
	opts := krusty.MakeDefaultOptions()
	opts.AddManagedbyLabel = o.ManagedByLabel
	opts.PluginConfig.HelmConfig = types.HelmConfig{
		Enabled: o.EnableHelm, Command: o.HelmCommand, ApiVersions: o.HelmAPIVersions, KubeVersion: o.HelmKubeVersion, Debug: o.HelmDebug,
	}
	switch o.LoadRestrictor {
	case "", types.LoadRestrictionsRootOnly.String():
	case types.LoadRestrictionsNone.String():
		opts.LoadRestrictions = types.LoadRestrictionsNone
	default:
		return nil, fmt.Errorf("--load-restrictor must be LoadRestrictionsRootOnly or LoadRestrictionsNone, got %q", o.LoadRestrictor)
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

// takeGuards takes the functionConfigs out that stand among the resources to fail closed. They are the same as those
// that were named as transformers, but for what a kustomization patched in them.
func (r *Result) takeGuards() {
	var guards []*yaml.Node
	r.Items = slices.DeleteFunc(r.Items, func(item *kube.Item) bool {
		if isGuard(item.Document().Root()) {
			guards = append(guards, item.Document().Root())
			return true
		}
		return false
	})
	if len(guards) > 0 {
		r.Configs = guards
	}
}

func isGuard(n *yaml.Node) bool {
	return isOurs(n) && yamldoc.Text(n, "metadata", "annotations", kube.FailClosed) == "true"
}

// sorting is the order that a kustomization's resources have to be in; nil is the one that they are in.
func sorting(target string, reorder krusty.ReorderOption) (*types.SortOptions, error) {
	fs := filesys.MakeFsOnDisk()
	for _, name := range konfig.RecognizedKustomizationFileNames() {
		text, err := fs.ReadFile(filepath.Join(target, name))
		if err != nil {
			continue
		}
		var k types.Kustomization
		if err := k.Unmarshal(text); err != nil {
			return nil, err
		}
		if k.SortOptions != nil {
			return k.SortOptions, nil
		}
	}
	if reorder == krusty.ReorderOptionNone {
		return nil, nil
	}
	return &types.SortOptions{Order: types.LegacySortOrder}, nil
}
