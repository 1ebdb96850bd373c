// Package docker tests the container image: a real engine builds and runs the repository's unchanged Dockerfile.
package docker

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/tests/docker/engine"
	"github.com/boxp/dindify/tests/docker/product"
)

// binary is the path of the function in the image.
const binary = "/usr/local/bin/dindify"

// run is the exact command with which kustomize starts a function's container; kpt adds --pull.
var run = []string{
	"run", "--rm", "-i", "-a", "STDIN", "-a", "STDOUT", "-a", "STDERR", "--network", "none", "--user", "nobody",
	"--security-opt=no-new-privileges", "-e", "LOG_TO_STDERR=true", "-e", "STRUCTURED_RESULTS=true", product.Image,
}

func TestImage(t *testing.T) {
	docker := engine.Start(t)
	product.BuildImage(t, docker)
	bin := filepath.Join(product.Bin(t), "dindify")

	t.Run("runs as a KRM function", func(t *testing.T) { convertsAsTheBinaryDoes(t, docker, bin) })
	t.Run("runs in kustomize", func(t *testing.T) { runsInKustomize(t, docker, filepath.Dir(bin)) })
	t.Run("takes an empty list", func(t *testing.T) {
		const empty = "apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems: []\n"
		assert.YAMLEq(t, empty, docker.Docker(strings.NewReader(empty), run...))
	})
	t.Run("fails with a reason", func(t *testing.T) { failsWithAReason(t, docker) })
	t.Run("prints its help", func(t *testing.T) {
		// kpt fn doc is `docker run IMAGE --help`.
		assert.Contains(t, docker.Docker(nil, "run", "--rm", "--network=none", product.Image, "--help"), "dindify")
	})
	t.Run("says what it is", func(t *testing.T) { saysWhatItIs(t, docker) })
	t.Run("is a few megabytes", func(t *testing.T) { isSmall(t, docker) })
	t.Run("starts quickly", func(t *testing.T) { measureStart(t, docker, bin) })
	t.Run("is reproducible", func(t *testing.T) { isReproducible(t, docker, bin) })
	t.Run("is built for arm64 too", func(t *testing.T) { crossCompiles(t, docker) })
}

// convertsAsTheBinaryDoes checks that the container and the binary have the same output, byte for byte.
func convertsAsTheBinaryDoes(t *testing.T, docker *engine.Engine, bin string) {
	input := resourceList(t, "spec: {mode: DinD}")
	fromContainer := docker.Docker(strings.NewReader(input), run...)
	assert.Contains(t, fromContainer, "dind-daemon")

	cmd := exec.Command(bin)
	cmd.Stdin = strings.NewReader(input)
	fromBinary, err := cmd.Output()
	require.NoError(t, err)
	assert.Equal(t, string(fromBinary), fromContainer)
}

func failsWithAReason(t *testing.T, docker *engine.Engine) {
	cmd := docker.Command(run...)
	cmd.Stdin = strings.NewReader(resourceList(t, "spec: {mode: Dind}"))
	var stderr strings.Builder
	cmd.Stderr = &stderr
	err := cmd.Run()
	var exit *exec.ExitError
	require.ErrorAs(t, err, &exit)
	assert.Equal(t, 1, exit.ExitCode())
	assert.Contains(t, stderr.String(), "spec.mode")
}

func saysWhatItIs(t *testing.T, docker *engine.Engine) {
	var images []struct {
		Config struct {
			User       string
			Entrypoint []string
			Labels     map[string]string
		}
		Os, Architecture string
	}
	require.NoError(t, json.Unmarshal([]byte(docker.Docker(nil, "image", "inspect", product.Image)), &images))
	config := images[0].Config
	assert.Equal(t, "65534", config.User)
	assert.Equal(t, []string{binary}, config.Entrypoint)
	assert.Equal(t, product.Version, config.Labels["org.opencontainers.image.version"])
	for _, label := range []string{"title", "description", "source", "documentation", "revision", "licenses"} {
		assert.NotEmpty(t, config.Labels["org.opencontainers.image."+label], label)
	}
	assert.Contains(t, docker.Docker(nil, "run", "--rm", "--network=none", product.Image, "version"), product.Version)
}

// isSmall checks that the image is about as large as the binary, its only content.
func isSmall(t *testing.T, docker *engine.Engine) {
	size, err := strconv.Atoi(strings.TrimSpace(docker.Docker(nil, "image", "inspect", "--format={{.Size}}",
		product.Image)))
	require.NoError(t, err)
	var compressed bytes.Buffer
	archive := gzip.NewWriter(&compressed)
	_, err = archive.Write([]byte(docker.Docker(nil, "save", product.Image)))
	require.NoError(t, err)
	require.NoError(t, archive.Close())
	t.Logf("image size: %.1f MB, %.1f MB to pull", float64(size)/1e6, float64(compressed.Len())/1e6)
	assert.Less(t, size, 30_000_000)
}

// resourceList returns an application as the orchestrators pass it to the function, with the given configuration.
func resourceList(t *testing.T, spec string) string {
	t.Helper()
	deployment, err := os.ReadFile(filepath.Join(product.Root(t), "examples", "kpt", "deployment.yaml"))
	require.NoError(t, err)
	item := "- " + strings.ReplaceAll(strings.TrimPrefix(string(deployment), "---\n"), "\n", "\n  ")
	return "apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nfunctionConfig:\n" +
		"  apiVersion: dindify.dev/v1alpha1\n  kind: DinD\n  metadata: {name: test}\n  " + spec + "\nitems:\n" + item
}
