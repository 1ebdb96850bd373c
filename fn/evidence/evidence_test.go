package evidence_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/fn/evidence"
)

func TestTablesAreSortedAndHaveSources(t *testing.T) {
	names := map[string]bool{}
	for _, table := range [][]evidence.Family{evidence.Observers, evidence.Cleaners, evidence.Clients} {
		require.True(t, slices.IsSortedFunc(table, func(a, b evidence.Family) int { return strings.Compare(a.Name, b.Name) }))
		for _, f := range table {
			require.False(t, names[f.Name], "%s is there twice", f.Name)
			names[f.Name] = true
			require.Contains(t, f.Source, "/", f.Name)
			require.NotEmpty(t, f.Role.Does, f.Name)
		}
	}
	require.GreaterOrEqual(t, len(names), 150)
}

// TestEveryFamilyIsFoundUnderItsOwnName keeps one family from hiding another.
func TestEveryFamilyIsFoundUnderItsOwnName(t *testing.T) {
	for _, table := range [][]evidence.Family{evidence.Observers, evidence.Cleaners, evidence.Clients} {
		for _, f := range table {
			image := strings.TrimPrefix(f.Name, "=")
			for _, image := range []string{image, "registry.example.com:5000/mirror/" + image + ":v1.2@sha256:0123"} {
				found, ok := evidence.Of(image)
				require.True(t, ok, image)
				require.Equal(t, f.Name, found.Name, image)
			}
		}
	}
}

func TestOf(t *testing.T) {
	for image, want := range map[string]evidence.Kind{
		"gcr.io/datadoghq/agent:7":                           evidence.Observer, // under another registry and owner
		"registry.corp/datadog-agent":                        evidence.Observer, // flattened by a mirror
		"quay.io/signalfx/splunk-otel-collector":             evidence.Observer,
		"gcr.io/google-containers/cadvisor-amd64":            evidence.Observer,
		"rancher/mirrored-fluent-fluent-bit":                 evidence.Observer,
		"ghcr.io/benphelps/homepage":                         evidence.Observer,
		"gcr.io/k8s-staging-cluster-api/capd-manager:v1.7.0": evidence.Observer,
		"clockworksoul/docker-gc-cron":                       evidence.Cleaner,
		"docker:28-dind":                                     evidence.Client,
		"docker.io/library/docker":                           evidence.Client,
		"ghcr.io/acme/Jenkins:lts":                           evidence.Client,
		"gitea/act_runner:nightly-dind-rootless":             evidence.Client,
		"docker.io/gitea/runner:4.1.0":                       evidence.Client, // its name since 1.0
		// not the server that shows the node's containers
		"docker/mcp-gateway":              evidence.Client,
		"newrelic/synthetics-job-manager": evidence.Client, // its owner also has agents
		"aquasec/trivy":                   "",
		"sysdig/secure-inline-scan":       "",
		"elastic/synthetics":              "",
		"acme/homepage":                   "",
		"traefik/whoami":                  "", // the family's word is the owner, not the program
		"acme/dockerize":                  "",
		"":                                "",
		"/":                               "",
		":@":                              "",
		"registry.example.com:5000/jenkins/unrelated-thing:1.0": "",
	} {
		found, ok := evidence.Of(image)
		require.Equal(t, want, found.Kind, image)
		require.Equal(t, want != "", ok, image)
	}
}

func TestHasDaemon(t *testing.T) {
	for image, want := range map[string]bool{
		"docker:dind": true, "docker:28.5.2-dind-rootless@sha256:01": true, "drpsychick/dind-buildx-helm": true,
		"cruizba/ubuntu-dind": true, "registry:5000/x/DinD:1": true,
		"docker:28-cli": false, "acme/dindify": false, "binding/x": false,
	} {
		require.Equal(t, want, evidence.HasDaemon(image), image)
	}
}

// TestNoFamilyIsLost holds the kind of each family against testdata/families.txt: without its line a client is not
// converted any more, or an observer is.
func TestNoFamilyIsLost(t *testing.T) {
	var all strings.Builder
	for _, table := range [][]evidence.Family{evidence.Observers, evidence.Cleaners, evidence.Clients} {
		for _, f := range table {
			found, _ := evidence.Of(strings.TrimPrefix(f.Name, "="))
			all.WriteString(string(found.Kind) + " " + f.Name + "\n")
		}
	}
	want, err := os.ReadFile("testdata/families.txt")
	require.NoError(t, err)
	require.Equal(t, string(want), all.String())
}
