package discover

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/fn/sources"
)

// TestReferencesAreExpandedAsByTheKubelet checks the forms of k8s.io/kubernetes/third_party/forked/golang/expansion.
func TestReferencesAreExpandedAsByTheKubelet(t *testing.T) {
	refs := references([]sources.Variable{{Name: "A", Value: "x", Known: true}, {Name: "B", Value: "<$(A)>", Known: true}})
	for value, want := range map[string]string{
		"$(A)":      "x",
		"-$(B)-":    "-<x>-",
		"$$(A)":     "$(A)",
		"$$$(A)":    "$x",
		"$$(A)$(A)": "$(A)x",
		"$(C)":      "$(C)",
		"$(A":       "$(A",
		"a$$b":      "a$b",
		"$$$$(A)":   "$$(A)",
		"$A":        "$A",
	} {
		require.Equal(t, want, refs.expand(value), value)
	}
}
