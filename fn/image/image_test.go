package image

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestReferences(t *testing.T) {
	for _, c := range []struct{ ref, name, base, tag string }{
		{"docker", "docker", "docker", ""},
		{"docker:28-dind", "docker", "docker", "28-dind"},
		{"registry.example.org:5000/ci/docker", "registry.example.org:5000/ci/docker", "docker", ""},
		{"registry.example.org:5000/ci/docker:29@sha256:00", "registry.example.org:5000/ci/docker", "docker", "29"},
		{"docker@sha256:00", "docker", "docker", ""},
		{"", "", "", ""},
	} {
		require.Equal(t, []string{c.name, c.base, c.tag}, []string{Name(c.ref), Base(c.ref), Tag(c.ref)}, c.ref)
	}
}

// TestInvalid compares with what ParseNormalizedNamed of github.com/distribution/reference v0.6.0 accepts.
func TestInvalid(t *testing.T) {
	sum := strings.Repeat("0a", 32)
	for ref, valid := range map[string]bool{
		"docker": true, "docker:28-dind": true, "registry.example.org:5000/ci/docker:29@sha256:" + sum: true,
		"Registry/docker": true, "[::1]:5000/docker": true, "a__b/c--d.e": true, "docker@sha512:" + sum + sum: true,
		"$(id)": false, "Docker": false, "a@sha256:00": false, "a/b:c/d": false, "http://x/y": false, "a b": false,
		"docker:": false, "docker:" + strings.Repeat("a", 129): false, "docker@sha256:" + sum + "0": false,
		"-docker": false, "a//b": false, "a___b": false, "docker:28\n": false, strings.Repeat("a", 256): false,
	} {
		require.Equal(t, valid, Invalid(ref) == "", ref)
	}
}
