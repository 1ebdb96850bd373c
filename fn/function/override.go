package function

import (
	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/yamldoc"
)

// CommandLineAnnotation marks the functionConfig that a command line names: dindify build --config.
const CommandLineAnnotation = "dindify.dev/command-line"

// Override is what the caller of the function decides, other than the functionConfig.
type Override struct {
	Off  bool        // leave the items as they are, unless the functionConfig is the command line's
	Mode config.Mode // instead of the configuration's; "" leaves it
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
