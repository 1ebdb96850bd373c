package convert

import "k8s.io/apimachinery/pkg/labels"

// matchesLabels says whether a label selector, as kubectl and kustomize write them, matches. An empty one always does.
func matchesLabels(selector string, set map[string]string) bool {
	s, err := labels.Parse(selector)
	return err == nil && s.Matches(labels.Set(set))
}
