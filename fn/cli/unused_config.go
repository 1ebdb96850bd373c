package cli

import (
	"cmp"
	"fmt"
	"path/filepath"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/starter"
	"github.com/boxp/dindify/fn/stream"
	"github.com/boxp/dindify/fn/yamldoc"
)

// reportUnusedConfigs handles functionConfigs in the input, which verbs do not apply. If a flag selects the
// configuration, the others are reported as warnings. Otherwise they are an error: the files that each is meant for
// would be converted with another configuration, or with the defaults.
func (v *fileVerb) reportUnusedConfigs(files []*stream.File, rep *report.Report) error {
	if v.mode != "" || v.verb != "" {
		return nil // revert and init apply none
	}
	for _, item := range (&kube.Set{Items: itemsOf(files)}).Mentioning("dindify.dev") {
		name, is := functionConfig(item)
		switch {
		case !is:
		case v.isChosen:
			rep.Add(unusedConfig(item, name))
		default:
			return v.unusedConfigError(item.File)
		}
	}
	return nil
}

// unusedConfigError is the error for a functionConfig in the input. That of a kustomization is for dindify build.
func (v *fileVerb) unusedConfigError(file string) error {
	if component := filepath.Dir(file); isComponent(starter.KustomizationFile(component)) {
		folder := filepath.Dir(component)
		return fmt.Errorf("%s configures the kustomization %s, whose files are not what is applied: use %s, and leave it "+
			"out here with --exclude %s", file, folder, v.build(folder), starter.Quote(folder))
	}
	return fmt.Errorf("%s is a functionConfig, and %s would be in use: run the verb on its folder by itself, name the "+
		"one to use with --config, or take the defaults with --no-config", stream.InputName(file),
		cmp.Or(v.configFile, "the default configuration"))
}

// functionConfig returns the name of a functionConfig.
func functionConfig(item *kube.Item) (name string, is bool) {
	item.Document().View(func(root *yaml.Node) {
		name, is = yamldoc.Text(root, "metadata", "name"), config.IsFunctionConfig(root)
	})
	return name, is
}

func unusedConfig(item *kube.Item, name string) report.Finding {
	return report.Finding{
		Severity: report.Warning,
		Object: report.Object{
			APIVersion: config.APIVersion, Kind: config.Kind, Name: name, File: item.File, Index: item.Index, Line: item.Line,
		},
		Reason: report.Because(report.ConfigUnused, "%s is a functionConfig that is not in use: name it with --config",
			stream.InputName(item.File)),
	}
}
