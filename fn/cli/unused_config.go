package cli

import (
	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/stream"
	"github.com/boxp/dindify/fn/yamldoc"
)

// reportUnusedConfigs warns of functionConfigs among the input: by hand one is carried out, and it is no input.
func reportUnusedConfigs(files []*stream.File, rep *report.Report) {
	for _, item := range (&kube.Set{Items: itemsOf(files)}).Mentioning("dindify.dev") {
		doc, err := yamldoc.Parse(item.Document().Text()) // a tree of its own: the item's is for the run
		if err != nil || !config.IsFunctionConfig(doc.Root()) {
			continue
		}
		rep.Add(report.Finding{
			Severity: report.Warning,
			Object: report.Object{
				APIVersion: config.APIVersion, Kind: config.Kind, Name: yamldoc.Text(doc.Root(), "metadata", "name"),
				File: item.File, Index: item.Index, Line: item.Line,
			},
			Reason: report.Because(report.ConfigUnused, "%s is a functionConfig that was not used: name it with --config",
				stream.InputName(item.File)),
		})
	}
}
