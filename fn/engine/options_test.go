package engine

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// unknownTo is what is said of an option that no listed version has.
const unknownTo = "unknown to Docker up to 29.8.0, which does not start with it; did you mean "

func TestFlagsByVersion(t *testing.T) {
	for _, c := range []struct {
		image, flag string
		says        string // part of the reason; "" if dockerd has the flag
		certain     bool
	}{
		{"docker:28.5.2-dind", "--log-level", "", false},
		{"docker:28.5.2-dind", "-l", "", false},
		{"docker:28.5.2-dind", "--hosts", unknownTo + `"host"?`, false},
		{"docker:28.5.2-dind", "-x", "unknown", false},
		{"docker:23.0.6-dind", "--default-network-opt", "came with Docker 24.0.0", true},
		{"mirror.example.org/dind:20.10.24-dind", "--default-network-opt", "came with Docker 24.0.0", true},
		{"docker:24-dind", "--default-network-opt", "", false},
		{"docker:28-dind", "--allow-direct-routing", "", false}, // from 28.2.0
		{"docker:28.5.2-dind", "--nri-opts", "came with Docker 29.2.0", true},
		{"docker:29-dind", "--nri-opts", "", false},
		{"docker:28.5.2-dind", "--graph", "is gone since Docker 24.0.0", true},
		{"example.org/ci/engine:1", "--nri-opts", "", false},
	} {
		why, certain := LacksFlag(c.image, c.flag)
		require.Equal(t, c.certain, certain, "%s %s: %s", c.image, c.flag, why)
		requireReason(t, c.says, why, c.image+" "+c.flag)
	}
}

func TestKeysByVersion(t *testing.T) {
	for _, c := range []struct{ image, key, says string }{
		{"docker:28.5.2-dind", "registry-mirrors", ""},
		{"docker:28.5.2-dind", "registry-mirror", "ignored in the file, where the key is registry-mirrors"},
		{"docker:28.5.2-dind", "features", ""},
		{"docker:20.10.24-dind", "features", ""}, // the flag came with 27.3.0
		{"docker:28.5.2-dind", "host-gateway-ip", ""},
		{"docker:27.5.1-dind", "host-gateway-ips", "came with Docker 28.0.0"},
		{"docker:28.5.2-dind", "min-api-version", "came with Docker 29.2.0"},
		{"docker:28.5.2-dind", "runtimes", ""},
		{"docker:28.5.2-dind", "storage-drivers", unknownTo + `"storage-driver"?`},
		{"docker:26.0.0-dind", "oom-score-adjust", "is gone since Docker 26.0.0"},
	} {
		why, _ := LacksKey(c.image, c.key)
		requireReason(t, c.says, why, c.image+" "+c.key)
	}
}

func requireReason(t *testing.T, says, why, what string) {
	t.Helper()
	if says == "" {
		require.Empty(t, why, what)
		return
	}
	require.Contains(t, why, says, what)
}
