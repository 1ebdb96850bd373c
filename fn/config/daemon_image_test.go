package config

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestLacksDaemonKnowsVariantsOfDockersImage checks that images without a daemon are refused, and that images which
// only share a word with them are not: a user could not work around such an error.
func TestLacksDaemonKnowsVariantsOfDockersImage(t *testing.T) {
	for ref, lacks := range map[string]bool{
		"docker:28-cli": true,
		"docker:28-git": true,
		"registry.example.com/mirror/docker-cli:28": true,
		"registry.example.com/mirror/engine:28-cli": true,
		"bitnami/kubectl:1":                         true,
		"moby/buildkit:v0.20":                       true,
		"docker/buildx-bin:0.17":                    true,
		"quay.io/podman/podman:5":                   true,
		"docker:28.5.2-dind":                        false,
		"docker:28":                                 false,
		"registry.example.com/cli/docker-dind:28":   false,
		"registry.example.com/git-builder:1":        false,
		"registry.example.com/engine:git-3f2a":      false,
	} {
		require.Equal(t, lacks, LacksDaemon(ref) != "", ref)
	}
}
