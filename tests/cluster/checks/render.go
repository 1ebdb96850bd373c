package checks

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/tests/cluster/binaries"
)

// overlays are the folders that Render builds, from the repository's root, by the name of the output.
func overlays() map[string]string {
	return map[string]string{
		"dood":      "overlays/dood",
		"dind":      "overlays/dind",
		"dind-unix": "overlays/dind-unix",
		"file":      "tests/cluster/testdata/file",
		"rootless":  "overlays/dind-rootless",
		"userns":    "tests/cluster/testdata/userns",
		"gvisor":    "tests/cluster/testdata/gvisor",
	}
}

// Render builds dindify and its plugin, and with them and the real kustomize every overlay, into the cache directory.
// The first run needs the Internet for kustomize.
func Render(ctx context.Context) error {
	root, err := binaries.RepositoryRoot(ctx)
	if err != nil {
		return err
	}
	programs, err := binaries.CacheDir("programs")
	if err != nil {
		return err
	}
	for _, build := range [][]string{
		{"build", "-o", filepath.Join(programs, "dindify"), "./fn/dindify"},
		{"build", "-o", filepath.Join(programs, "kubectl-dindify"), "./fn/kubectl-dindify"},
		{"build", "-C", "tools", "-o", filepath.Join(programs, "kustomize"), "sigs.k8s.io/kustomize/kustomize/v5"},
	} {
		if err := inRepository(ctx, root, programs, nil, "go", build...); err != nil {
			return err
		}
	}
	for name, folder := range overlays() {
		if err := renderOverlay(ctx, root, programs, name, folder); err != nil {
			return err
		}
	}
	return nil
}

func renderOverlay(ctx context.Context, root, programs, name, folder string) error {
	dir, err := binaries.CacheDir("manifests")
	if err != nil {
		return err
	}
	file := filepath.Join(dir, name+".yaml")
	result, err := os.Create(fmt.Sprintf("%s.%d", file, os.Getpid())) // another run may be reading the previous one
	if err != nil {
		return err
	}
	defer result.Close()
	err = inRepository(ctx, root, programs, result, filepath.Join(programs, "kustomize"), "build",
		"--enable-alpha-plugins", "--enable-exec", folder)
	if err != nil {
		return err
	}
	return os.Rename(result.Name(), file)
}

// inRepository runs a program at the repository's root, with dindify on its PATH.
func inRepository(ctx context.Context, root, programs string, stdout *os.File, program string, args ...string) error {
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = root, stdout, os.Stderr
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "PATH="+programs+":"+os.Getenv("PATH"))
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%s %v: %w", program, args, err)
	}
	return nil
}

// Rendered returns kustomize's output for an overlay, built before the tests entered the sandbox.
func Rendered(t testing.TB, name string) []byte {
	t.Helper()
	dir, err := binaries.CacheDir("manifests")
	require.NoError(t, err)
	content, err := os.ReadFile(filepath.Join(dir, name+".yaml"))
	require.NoErrorf(t, err, "what kustomize built of %s", name)
	return content
}
