package convert

import (
	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/yamldoc"
)

// matchesLabels reports whether a label selector matches, in kustomize's syntax. An empty selector always matches, an
// invalid one never.
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
