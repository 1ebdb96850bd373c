// Package hosts tests dindify with the code of other hosts: the library of kustomize-controller, pre-commit, and
// actionlint for GitHub's workflows.
package hosts

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/fluxcd/pkg/kustomize"
	"github.com/stretchr/testify/require"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/boxp/dindify/tests/docker/debian"
	"github.com/boxp/dindify/tests/docker/product"
)

// repository creates a repository with the example's application in apps/ci.
func repository(t *testing.T) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	require.NoError(t, err)
	require.NoError(t, os.CopyFS(filepath.Join(dir, "apps/ci"), os.DirFS(filepath.Join(product.Root(t),
		"examples/kustomize"))))
	return dir
}

func command(t *testing.T, dir, path, name string, args ...string) (string, error) {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "PATH="+path+string(os.PathListSeparator)+os.Getenv("PATH"))
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// TestFlux checks that kustomize-controller fails on the kustomization, and that the rendered output gives the
// converted objects.
func TestFlux(t *testing.T) {
	dir, bin := repository(t), product.Bin(t)
	_, err := kustomize.SecureBuild(dir, filepath.Join(dir, "apps/ci"), false)
	require.ErrorContains(t, err, "external plugins disabled")

	rendered := filepath.Join(dir, "rendered/ci")
	require.NoError(t, os.MkdirAll(rendered, 0o755))
	said, err := command(t, dir, bin, filepath.Join(bin, "dindify"), "build", "-o", "rendered/ci", "apps/ci")
	require.NoError(t, err, said)
	var flux unstructured.Unstructured // the Flux Kustomization, with only its path
	flux.SetUnstructuredContent(map[string]any{"spec": map[string]any{"path": "./rendered/ci", "prune": true}})
	_, err = kustomize.NewGenerator(dir, flux).WriteFile(rendered)
	require.NoError(t, err)
	built, err := kustomize.SecureBuild(dir, rendered, false)
	require.NoError(t, err)
	text, err := built.AsYaml()
	require.NoError(t, err)
	require.Contains(t, string(text), "name: dind-daemon")
	require.NotContains(t, string(text), "\n      - hostPath:", "a volume")
	plain, err := command(t, dir, bin, filepath.Join(bin, "dindify"), "build", "apps/ci")
	require.NoError(t, err)
	require.Equal(t, strings.Count(plain, "\nkind: "), strings.Count(string(text), "\nkind: "), "every object")
}

// TestPreCommit runs the hooks of this repository's last commit like a user's repository.
func TestPreCommit(t *testing.T) {
	debian.Install(t, map[string]string{"pre-commit": "pre-commit", "git": "git"})
	root := product.Root(t)
	out, err := command(t, root, "", "pre-commit", "validate-manifest", ".pre-commit-hooks.yaml")
	require.NoError(t, err, out)

	modules, err := exec.Command("go", "env", "GOMODCACHE").Output()
	require.NoError(t, err)
	t.Setenv("GOMODCACHE", strings.TrimSpace(string(modules))) // pre-commit gives each hook a separate GOPATH
	t.Setenv("PRE_COMMIT_HOME", t.TempDir())
	dir := repository(t)
	for _, args := range [][]string{{"init", "--quiet"}, {"add", "--all"}} {
		out, err = command(t, dir, "", "git", args...)
		require.NoError(t, err, out)
	}
	out, err = command(t, dir, "", "pre-commit", "try-repo", root, "dindify-audit", "--files", "apps/ci/agent.yaml")
	require.Error(t, err)
	require.Contains(t, out, "/var/run/docker.sock")
	out, err = command(t, dir, "", "pre-commit", "try-repo", root, "dindify-audit", "--files",
		"apps/ci/kustomization.yaml")
	require.NoError(t, err, out)
}

// TestWorkflows checks the workflows that users copy against GitHub's syntax.
func TestWorkflows(t *testing.T) {
	root := product.Root(t)
	page, err := os.ReadFile(filepath.Join(root, "docs/hosts.md"))
	require.NoError(t, err)
	job := regexp.MustCompile("(?s)## GitHub Actions\n.*?```yaml\n(.*?)```").FindSubmatch(page)
	require.NotNil(t, job)
	snippet := filepath.Join(t.TempDir(), "snippet.yaml")
	require.NoError(t, os.WriteFile(snippet, append([]byte("on: pull_request\n"), job[1]...), 0o644))
	for _, file := range []string{snippet, filepath.Join(root, "examples/flux/render.yaml")} {
		out, err := exec.Command("go", "tool", "actionlint", file).CombinedOutput()
		require.NoError(t, err, "%s", out)
	}
}
