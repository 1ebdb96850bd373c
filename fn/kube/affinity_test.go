package kube

import (
	"testing"

	"github.com/stretchr/testify/require"
	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/yamldoc"
)

func TestOnlyTheHostNameLeavesAnAffinity(t *testing.T) {
	const term = "{matchExpressions: [{key: kubernetes.io/hostname, operator: In, values: [a]}]}"
	for text, want := range map[string]string{
		"{nodeAffinity: {required: {nodeSelectorTerms: [" + term + "]}}}":                        "",
		"{nodeAffinity: {preferred: [{weight: 1, preference: " + term + "}]}, podAffinity: {}}":  "{podAffinity: {}}",
		"{nodeAffinity: {required: {nodeSelectorTerms: [" + term + "]}}, podAffinity: {a: [b]}}": "{podAffinity: {a: [b]}}",
		"{podAntiAffinity: {}}":              "{podAntiAffinity: {}}",
		"{nodeAffinity: {a: [{weight: 1}]}}": "{nodeAffinity: {a: [{weight: 1}]}}",
	} {
		require.True(t, yamldoc.Equal(parsed(t, want), WithoutHostname(parsed(t, text))), text)
	}
}

func parsed(t *testing.T, text string) *yaml.Node {
	doc, err := yamldoc.Parse(text)
	require.NoError(t, err)
	return doc.Root()
}
