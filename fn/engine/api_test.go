package engine

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAPIByTag(t *testing.T) {
	for image, want := range map[string][2]string{
		"docker:28.5.2-dind":                      {"1.24", "1.51"},
		"docker:29-dind":                          {"1.40", "1.54"}, // the newest of its line
		"registry.example.com:5000/dind:29.2.1":   {"1.44", "1.53"},
		"docker:20.10.24-dind@sha256:0123":        {"1.12", "1.41"},
		"docker:19.03-dind":                       {},
		"docker:dind":                             {},
		"docker":                                  {},
		"registry.example.com:5000/acme/my-image": {},
	} {
		lowest, highest := API(image)
		require.Equal(t, want, [2]string{lowest, highest}, image)
	}
}

func TestOlderComparesNumbers(t *testing.T) {
	require.True(t, Older("1.9", "1.41"))
	require.False(t, Older("1.41", "1.41"))
	require.False(t, Older("1.52", "1.51"))
	require.False(t, Older("auto", "1.51"))
}
