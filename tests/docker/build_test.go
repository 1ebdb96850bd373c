package docker

import (
	"archive/tar"
	"crypto/sha256"
	"debug/elf"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/tests/docker/engine"
	"github.com/boxp/dindify/tests/docker/product"
)

// isReproducible checks that a second build from scratch, and a build on this machine outside any container, give the
// same binary. The latter works because the stand-in for the golang image has this machine's Go.
func isReproducible(t *testing.T, docker *engine.Engine, bin string) {
	first := sha256.Sum256(fromImage(t, docker))
	product.BuildImage(t, docker, "--no-cache")
	assert.Equal(t, first, sha256.Sum256(fromImage(t, docker)), "two builds of the image differ")

	host, err := os.ReadFile(bin)
	require.NoError(t, err)
	assert.Equal(t, first, sha256.Sum256(host), "the image's binary differs from `go build`'s")
}

func crossCompiles(t *testing.T, docker *engine.Engine) {
	defer product.BuildImage(t, docker) // the normal build again, from the cache
	for arch, machine := range map[string]elf.Machine{"amd64": elf.EM_X86_64, "arm64": elf.EM_AARCH64} {
		product.BuildImage(t, docker, "--platform=linux/"+arch)
		assert.Equal(t, arch, strings.TrimSpace(docker.Docker(nil, "image", "inspect", "--format={{.Architecture}}",
			product.Image)))

		path := filepath.Join(t.TempDir(), "dindify")
		require.NoError(t, os.WriteFile(path, fromImage(t, docker), 0o755))
		program, err := elf.Open(path)
		require.NoError(t, err)
		assert.Equal(t, machine, program.Machine)
		libraries, err := program.ImportedLibraries()
		require.NoError(t, err)
		assert.Empty(t, libraries, "the binary is not static")
		require.NoError(t, program.Close())
	}
}

// fromImage extracts the function from the image.
func fromImage(t *testing.T, docker *engine.Engine) []byte {
	t.Helper()
	container := strings.TrimSpace(docker.Docker(nil, "create", "--network=none", product.Image))
	defer docker.Docker(nil, "rm", container)
	archive := tar.NewReader(strings.NewReader(docker.Docker(nil, "cp", container+":"+binary, "-")))
	_, err := archive.Next()
	require.NoError(t, err)
	content, err := io.ReadAll(archive)
	require.NoError(t, err)
	return content
}

// measureStart reports the cost of one call of the function on a single Deployment: figures for the README, not a
// limit.
func measureStart(t *testing.T, docker *engine.Engine, bin string) {
	input := resourceList(t, "spec: {mode: DinD}")
	t.Logf("container: %v a call (median of 9)", median(t, func() error {
		cmd := docker.Command(run...)
		cmd.Stdin = strings.NewReader(input)
		return cmd.Run()
	}))
	t.Logf("binary: %v a call (median of 9)", median(t, func() error {
		cmd := exec.Command(bin)
		cmd.Stdin = strings.NewReader(input)
		return cmd.Run()
	}))
}

func median(t *testing.T, call func() error) time.Duration {
	t.Helper()
	var took []time.Duration
	for range 9 {
		start := time.Now()
		require.NoError(t, call())
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	return took[len(took)/2].Round(time.Millisecond)
}
