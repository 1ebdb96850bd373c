package config

import (
	"sigs.k8s.io/kustomize/api/types"

	"github.com/boxp/dindify/fn/kube"
)

// Selects reports whether the configuration applies to an object.
func (s *Spec) Selects(o *kube.Object) bool {
	if len(s.Targets) == 0 {
		return true
	}
	for _, t := range s.Targets {
		if selects(t, o) {
			return true
		}
	}
	return false
}

// selects implements kustomize's selectors: anchored regular expressions, and label selectors.
func selects(t types.Selector, o *kube.Object) bool {
	r, err := types.NewSelectorRegex(&t)
	if err != nil {
		return false // refused with the configuration
	}
	id := o.ID()
	return r.MatchGvk(id.Gvk) && r.MatchName(o.Name()) && r.MatchNamespace(id.EffectiveNamespace()) &&
		kube.MatchesLabels(t.LabelSelector, o.Labels()) && kube.MatchesLabels(t.AnnotationSelector, o.Annotations())
}
