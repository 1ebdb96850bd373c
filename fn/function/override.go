package function

import (
	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/yamldoc"
)

// CommandLineAnnotation marks a functionConfig that comes from the command line: dindify build --config.
const CommandLineAnnotation = "dindify.dev/command-line"

// Override holds what the function's caller overrides.
type Override struct {
	Off  bool        // return the items unchanged, unless the functionConfig is the command line's
	Mode config.Mode // replaces the mode of the configuration; "" keeps it
}

// leaves reports whether the items are returned unchanged.
func (o Override) leaves(functionConfig *yaml.Node) bool {
	return o.Off && yamldoc.Text(functionConfig, "metadata", "annotations", CommandLineAnnotation) == ""
}

// load decodes the functionConfig.
func (o Override) load(functionConfig *yaml.Node) (config.Spec, []string) {
	spec, problems := config.Load(functionConfig)
	if o.Mode != "" {
		spec.Mode = o.Mode
	}
	return spec, problems
}
