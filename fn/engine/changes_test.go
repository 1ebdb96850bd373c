package engine

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/fn/api"
	"github.com/boxp/dindify/fn/config"
)

func TestChangesByTag(t *testing.T) {
	for _, c := range []struct {
		image string
		spec  func(*config.Spec)
		says  []string // words of the findings, in order
	}{
		{image: config.DaemonImage},
		{image: "docker:28.5.1-dind", says: []string{"no fixes"}},
		{image: "mirror.example.org:5000/docker:28.0.1-dind@sha256:00", says: []string{"raw table", "no fixes"}},
		{image: "docker:29.2.1-dind", says: []string{"API 1.44", "compressed archive"}},
		{
			image: "docker:29.2.1-dind",
			spec:  func(s *config.Spec) { s.Daemon.Env = []api.EnvVar{{Name: "DOCKER_MIN_API_VERSION"}} },
			says:  []string{"compressed archive"},
		},
		{image: "docker:29.5.1-dind", says: []string{"API 1.40", "/var/run"}},
		{image: "docker:29.5.2-dind", says: []string{"API 1.40"}},
		{image: "docker:29.7.0-dind", says: []string{"API 1.40", "/var/run"}},
		{image: "docker:29-dind", says: []string{"API 1.44", "API 1.40", "compressed archive", "/var/run", "/var/run"}},
		{
			image: "docker:29.10.0-dind", spec: func(s *config.Spec) { s.Daemon.InsecureRegistries = []string{"r.example"} },
			says: []string{"API 1.40", "loopback"},
		},
		{
			image: "docker:29.9.0-dind", spec: func(s *config.Spec) { s.Daemon.InsecureRegistries = []string{"r.example"} },
			says: []string{"API 1.40"},
		},
		{image: "docker:29.10.0-dind", spec: func(s *config.Spec) {
			s.Daemon.InsecureRegistries = []string{
				"r.example",
				"localhost:5000",
			}
		}, says: []string{"API 1.40"}},
		{
			image: "docker:29.9.0-dind-rootless", spec: func(s *config.Spec) { s.Daemon.Isolation = config.Rootless },
			says: []string{"API 1.40", "without root"},
		},
		{
			image: "docker:23.0-dind", spec: func(s *config.Spec) { s.Daemon.MTU = 1400 },
			says: []string{"--default-network-opt", "probe", "no fixes"},
		},
		{image: "docker:dind"},
		{image: "docker:28.5.2.1-dind"},
		{image: "example.org/ci/engine:29.7.0"},
	} {
		spec := config.New()
		spec.Daemon.Image = c.image
		if c.spec != nil {
			c.spec(&spec)
		}
		changes := Of(spec)
		require.Len(t, changes, len(c.says), "%s: %v", c.image, changes)
		for i, words := range c.says {
			require.Contains(t, changes[i].What, words, c.image)
		}
	}
}

func TestAMovingTagIsNotOneVersion(t *testing.T) {
	spec := config.New()
	for image, want := range map[string][]string{
		"docker:29.2.1-dind": {"docker:29.2.1-dind", "docker:29.2.1-dind"},
		"docker:29-dind": {
			"docker:29-dind stands for several versions: one from 29.0.0, before 29.3.0",
			"docker:29-dind stands for several versions: one from 29.3.0",
			"docker:29-dind stands for several versions: one from 29.0.0, before 29.5.1",
			"docker:29-dind stands for several versions: one from 29.5.0, before 29.5.2",
			"docker:29-dind stands for several versions: one from 29.7.0, before 29.7.1",
		},
		"docker:28-dind": { // the second is about every 28
			"docker:28-dind stands for several versions: one from 28.0.0, before 28.1.0", "docker:28-dind",
		},
	} {
		spec.Daemon.Image = image
		var got []string
		for _, change := range Of(spec) {
			got = append(got, Subject(image, change))
		}
		require.Equal(t, want, got, image)
	}
}

func TestEveryChangeHasASource(t *testing.T) {
	for _, c := range Changes {
		require.NotEmpty(t, c.Source, c.What)
		require.True(t, strings.HasPrefix(c.Field, "spec.daemon."), c.What)
	}
}
