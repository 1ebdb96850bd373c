package image

import (
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
