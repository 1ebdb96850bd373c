// Package product builds the subject of the tests: dindify itself, from this repository, and its image.
package product

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/tests/docker/bases"
	"github.com/boxp/dindify/tests/docker/engine"
)

// Version is the version of the tests' builds.
const Version = "v0.0.0-e2e"

// Image is the name of the function's image in the examples.
const Image = "ghcr.io/boxp/dindify:v0.1.0"

// Root returns the repository's root directory.
func Root(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	require.NoError(t, err)
	for ; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "fn")); err == nil {
			return dir
		}
	}
	t.Fatal("no directory above this one has fn/: run the tests inside the repository")
	return ""
}

// Bin builds dindify, as the Dockerfile does, and the pinned kustomize into a new directory, and returns it.
func Bin(t testing.TB) string {
	t.Helper()
	bin, root := t.TempDir(), Root(t)
	goBuild(t, root, "-trimpath", "-buildvcs=false", "-ldflags", "-s -w -X main.version="+Version, "-o", filepath.Join(bin,
		"dindify"), "./fn/dindify")
	goBuild(t, filepath.Join(root, "tests", "docker"), "-o", bin, "sigs.k8s.io/kustomize/kustomize/v5")
	return bin
}

// BuildImage builds the repository's Dockerfile as Image, with additional flags of the caller.
func BuildImage(t testing.TB, docker *engine.Engine, flags ...string) {
	t.Helper()
	root := Root(t)
	dockerfile := filepath.Join(root, "Dockerfile")
	bases.Provide(t, docker, dockerfile)
	proxy, err := exec.Command("go", "env", "GOPROXY").Output()
	require.NoError(t, err)
	// The engine has no network, so the build uses the host's.
	args := []string{
		"build", "--network=host", "--build-arg=GOPROXY=" + string(proxy[:len(proxy)-1]), "--build-arg=VERSION=" + Version,
		"--build-arg=GO_IMAGE=" + bases.GoImage(t, dockerfile),
	}
	docker.Docker(nil, append(append(args, flags...), "--tag="+Image, root)...)
}

// goBuild builds in the module with the root dir.
func goBuild(t testing.TB, dir string, args ...string) {
	t.Helper()
	cmd := exec.Command("go", append([]string{"build"}, args...)...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "go build %v:\n%s", args, out)
}
