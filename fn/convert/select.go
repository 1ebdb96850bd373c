package convert

import (
	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/yamldoc"
)

// matchesLabels says whether a label selector matches, as kustomize reads it. An empty one always does, and one that
// cannot be read never.
func matchesLabels(selector string, set map[string]string) bool {
	if selector == "" {
		return true
	}
	n, err := yamldoc.Build(map[string]any{"metadata": map[string]any{"labels": set}})
	if err != nil {
		return false
	}
	matches, err := yaml.NewRNode(n).MatchesLabelSelector(selector)
	return err == nil && matches
}
