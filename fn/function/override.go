package function

import (
	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/yamldoc"
)

// CommandLineAnnotation marks a functionConfig that comes from the command line: dindify build --config.
const CommandLineAnnotation = "dindify.dev/command-line"

// Override holds what the function's caller overrides.
type Override struct {
	Off  bool        // return the items unchanged, unless the functionConfig is the command line's
	Mode config.Mode // replaces the mode of the configuration; "" keeps it
}

func (o Override) items(items []*kube.Item, rep *report.Report, functionConfig *yaml.Node) []*kube.Item {
	if o.Off && yamldoc.Text(functionConfig, "metadata", "annotations", CommandLineAnnotation) == "" {
		return items
	}
	return Items(items, rep, func() (config.Spec, []string) {
		spec, problems := config.Load(functionConfig)
		if o.Mode != "" {
			spec.Mode = o.Mode
		}
		return spec, problems
	})
}
