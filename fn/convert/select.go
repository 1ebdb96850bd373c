package convert

import (
	"k8s.io/apimachinery/pkg/labels"
	"sigs.k8s.io/kustomize/api/types"

	"github.com/boxp/dindify/fn/kube"
)

// targets reports whether the configuration applies to an object.
func (c *converter) targets(o *kube.Object) bool {
	if len(c.Targets) == 0 {
		return true
	}
	for _, t := range c.Targets {
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
		matchesLabels(t.LabelSelector, o.Labels()) && matchesLabels(t.AnnotationSelector, o.Annotations())
}

// matchesLabels reports whether a label selector matches, in kubectl's syntax. An empty selector always matches, an
// invalid one never.
func matchesLabels(selector string, set map[string]string) bool {
	parsed, err := labels.Parse(selector)
	return err == nil && parsed.Matches(labels.Set(set))
}
