// Package helmfile tests the lines of docs/hosts.md for Helmfile with the real Helmfile and Helm.
package helmfile

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"
)

const root = "../.."

// TestHelmfile checks that a release with the page's lines is rendered as `helm template … | dindify convert -`, that
// the chart itself stays unconverted without them, and that a wrong configuration renders nothing.
func TestHelmfile(t *testing.T) {
	page, err := os.ReadFile(filepath.Join(root, "docs/hosts.md"))
	require.NoError(t, err)
	lines := regexp.MustCompile("(?s)Helmfile:\n\n```yaml\n(.*?)```").FindSubmatch(page)
	require.NotNil(t, lines)
	plain := regexp.MustCompile(`(?m)^  postRenderer.*\n`).ReplaceAll(lines[1], nil)
	dir := t.TempDir()
	require.NoError(t, os.CopyFS(filepath.Join(dir, "chart"), os.DirFS(filepath.Join(root, "examples/helm/openhands"))))
	installPrograms(t)

	chart, err := render(t, dir, plain)
	require.NoError(t, err)
	require.Contains(t, string(chart), "path: /var/run/docker.sock")
	require.NotContains(t, string(chart), "dind-daemon")

	converted, err := render(t, dir, lines[1])
	require.NoError(t, err)
	byHand := exec.Command("dindify", "convert", "-")
	byHand.Stdin = bytes.NewReader(chart)
	want, err := byHand.Output()
	require.NoError(t, err)
	require.Contains(t, string(want), "name: dind-daemon")
	require.Equal(t, withoutBlankLines(want), withoutBlankLines(converted))

	config := "apiVersion: dindify.dev/v1alpha1\nkind: DinD\nspec: {mode: DinDD}\n"
	require.NoError(t, os.WriteFile(filepath.Join(dir, "dindify.yaml"), []byte(config), 0o644))
	nothing, err := render(t, dir, lines[1])
	require.Error(t, err)
	require.Empty(t, nothing)
}

// withoutBlankLines: Helm separates the documents of a post-renderer by other blank lines than its own.
func withoutBlankLines(text []byte) string {
	return regexp.MustCompile(`\n\s*\n`).ReplaceAllString(string(text), "\n")
}

// render runs helmfile template on a helmfile with these lines, in the folder with the chart.
func render(t *testing.T, dir string, lines []byte) ([]byte, error) {
	t.Helper()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "helmfile.yaml"), lines, 0o644))
	cmd := exec.Command("helmfile", "template", "--quiet", "--skip-deps")
	cmd.Dir = dir
	out, err := cmd.Output()
	if failed, ok := err.(*exec.ExitError); ok {
		t.Logf("%s", failed.Stderr)
	}
	return out, err
}

// installPrograms builds dindify, Helm 3 and Helmfile into a folder that it puts on the PATH. The first time Helmfile
// takes half an hour on two busy cores.
func installPrograms(t *testing.T) {
	t.Helper()
	bin := t.TempDir()
	for _, build := range [][]string{
		{root, "dindify", "./fn/dindify"},
		{"../helm", "helm", "helm.sh/helm/v3/cmd/helm"},
		{".", "helmfile", "github.com/helmfile/helmfile"},
	} {
		cmd := exec.Command("go", "build", "-C", build[0], "-buildvcs=false", "-o", filepath.Join(bin, build[1]), build[2])
		cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
		out, err := cmd.CombinedOutput()
		require.NoError(t, err, "%s", out)
	}
	t.Setenv("PATH", bin+string(os.PathListSeparator)+os.Getenv("PATH"))
	for _, name := range []string{"HELM_DATA_HOME", "HELM_CACHE_HOME", "HELM_CONFIG_HOME"} {
		t.Setenv(name, t.TempDir())
	}
}
