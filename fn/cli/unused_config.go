package cli

import (
	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/stream"
	"github.com/boxp/dindify/fn/yamldoc"
)

// reportUnusedConfigs warns of functionConfigs among the input: by hand one is carried out, and it is no input.
func reportUnusedConfigs(files []*stream.File, rep *report.Report) {
	for _, item := range (&kube.Set{Items: itemsOf(files)}).Mentioning("dindify.dev") {
		item.Document().View(func(root *yaml.Node) {
			if config.IsFunctionConfig(root) {
				rep.Add(unusedConfig(item, yamldoc.Text(root, "metadata", "name")))
			}
		})
	}
}

func unusedConfig(item *kube.Item, name string) report.Finding {
	return report.Finding{
		Severity: report.Warning,
		Object: report.Object{
			APIVersion: config.APIVersion, Kind: config.Kind, Name: name, File: item.File, Index: item.Index, Line: item.Line,
		},
		Reason: report.Because(report.ConfigUnused, "%s is a functionConfig that was not used: name it with --config",
			stream.InputName(item.File)),
	}
}
