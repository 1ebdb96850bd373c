package journal

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// A journal is read from a manifest, so it may have nothing that dindify does not write.
func TestForeignYAMLIsRefused(t *testing.T) {
	for text, want := range map[string]string{
		"version: 2\nobject: !!str Deployment/a": "tag",
		"version: 2\nobject: !own a":             "tag",
		"version: 2\nobject: &a Deployment/a":    "anchor",
		"version: 2\nobject: *a":                 "anchor",
		"version: 2\nother: a":                   "unknown",
		"version: 9":                             "version 9",
		"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]": "deeper",
		"": "empty",
	} {
		_, err := read(text)
		require.ErrorContains(t, err, want, text)
	}
}
