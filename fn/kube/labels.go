package kube

import "k8s.io/apimachinery/pkg/labels"

// MatchesLabels reports whether a label selector matches, in kubectl's syntax. An empty selector always matches, an
// invalid one never.
func MatchesLabels(selector string, set map[string]string) bool {
	parsed, err := labels.Parse(selector)
	return err == nil && parsed.Matches(labels.Set(set))
}
