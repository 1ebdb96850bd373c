package kustomize

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"sigs.k8s.io/yaml"
)

// snippet returns the fenced block of a section of docs/hosts.md.
func snippet(t *testing.T, section string) string {
	t.Helper()
	page, err := os.ReadFile(filepath.Join(root, "docs/hosts.md"))
	require.NoError(t, err)
	_, rest, found := strings.Cut(string(page), "\n## "+section+"\n")
	require.True(t, found, section)
	block := regexp.MustCompile("(?s)```\\w+\n(.*?)```").FindStringSubmatch(rest)
	require.NotNil(t, block, section)
	return block[1]
}

// layRepository creates the repository of the page: an application in apps/ci.
func layRepository(t *testing.T) (dir string) {
	t.Helper()
	dir = t.TempDir()
	layState(t, filepath.Join(dir, "apps/ci"), on)
	return dir
}

// shell runs a line of the page in the repository.
func shell(t *testing.T, dir, line string) (out string, ok bool) {
	t.Helper()
	cmd := exec.Command("bash", "-euo", "pipefail", "-c", line)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "PATH="+path)
	text, err := cmd.CombinedOutput()
	return string(text), err == nil
}

// TestPageOfHostsRuns runs the commands in the snippets of docs/hosts.md for each host. tests/hosts has the available
// parts of the hosts themselves; Skaffold and Tilt are not in the module proxy, and no package manager here has them.
func TestPageOfHostsRuns(t *testing.T) {
	t.Run("Flux", func(t *testing.T) {
		dir := layRepository(t)
		said, ok := shell(t, dir, snippet(t, "Flux"))
		require.True(t, ok, said)
		requireConverted(t, filepath.Join(dir, "rendered/ci"))
	})
	t.Run("kubectl", func(t *testing.T) {
		said, ok := shell(t, layRepository(t), strings.Replace(snippet(t, "kubectl"), "kubectl apply -f -", "cat", 1))
		require.True(t, ok, said)
		require.Contains(t, said, "name: dind-daemon")
	})
	t.Run("Skaffold", func(t *testing.T) {
		var skaffold struct {
			Manifests struct {
				RawYaml []string
				Hooks   struct {
					Before []struct{ Host struct{ Command []string } }
				}
			}
		}
		require.NoError(t, yaml.UnmarshalStrict([]byte(snippet(t, "Skaffold")), &skaffold))
		dir := layRepository(t)
		require.NoError(t, os.Mkdir(filepath.Join(dir, "rendered"), 0o755))
		for _, hook := range skaffold.Manifests.Hooks.Before {
			said, ok := shell(t, dir, strings.Join(hook.Host.Command, " "))
			require.True(t, ok, said)
		}
		for _, file := range skaffold.Manifests.RawYaml {
			requireConverted(t, filepath.Join(dir, file))
		}
	})
	t.Run("Tilt", func(t *testing.T) {
		called := regexp.MustCompile(`local\("(.*?)"\)`).FindStringSubmatch(snippet(t, "Tilt"))
		require.NotNil(t, called)
		said, ok := shell(t, layRepository(t), called[1])
		require.True(t, ok, said)
		require.Contains(t, said, "name: dind-daemon")
	})
	t.Run("Helmfile", func(t *testing.T) {
		var helmfile struct {
			Releases []struct {
				Name, Chart, PostRenderer string
				PostRendererArgs          []string
			}
		}
		require.NoError(t, yaml.UnmarshalStrict([]byte(snippet(t, "Helm and Helmfile")), &helmfile))
		r := helmfile.Releases[0]
		said, ok := shell(t, layRepository(t), r.PostRenderer+" "+strings.Join(r.PostRendererArgs,
			" ")+" <apps/ci/agent.yaml")
		require.True(t, ok, said)
		require.Contains(t, said, "name: dind-daemon")
	})
	t.Run("GitLab CI", testGitLab)
	t.Run("the workflow for Flux", testRenderWorkflow)
}

func testGitLab(t *testing.T) {
	var pipeline struct{ Dindify struct{ Script []string } }
	require.NoError(t, yaml.Unmarshal([]byte(snippet(t, "GitLab CI")), &pipeline))
	script := pipeline.Dindify.Script
	require.Contains(t, script[0], "go install github.com/boxp/dindify/fn/dindify@")
	said, ok := shell(t, layRepository(t), strings.Join(script[1:], "\n"))
	require.False(t, ok, "a workload with the node's socket fails the job")
	require.Contains(t, said, "/var/run/docker.sock")
	converted := t.TempDir()
	lay(t, converted, map[string]string{"apps/config.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n"})
	said, ok = shell(t, converted, strings.Join(script[1:], "\n"))
	require.True(t, ok, said)
}

// testRenderWorkflow runs the render step; a failed build must keep the earlier rendered files.
func testRenderWorkflow(t *testing.T) {
	var workflow struct {
		Jobs struct {
			Render struct {
				Steps []struct{ Name, Run string }
			}
		}
	}
	text, err := os.ReadFile(filepath.Join(root, "examples/flux/render.yaml"))
	require.NoError(t, err)
	require.NoError(t, yaml.Unmarshal(text, &workflow))
	dir := layRepository(t)
	for _, step := range workflow.Jobs.Render.Steps {
		if !strings.HasPrefix(step.Name, "Render") {
			continue
		}
		said, ok := shell(t, dir, step.Run)
		require.True(t, ok, said)
		requireConverted(t, filepath.Join(dir, "rendered/ci"))
		lay(t, dir, map[string]string{"apps/ci/dindify/dindify.yaml": asDinD + "spec: {deamon: {}}\n"})
		_, ok = shell(t, dir, step.Run)
		require.False(t, ok)
		requireConverted(t, filepath.Join(dir, "rendered/ci"))
		return
	}
	t.Fatal("no step renders")
}

// requireConverted checks a file, or the files of a folder.
func requireConverted(t *testing.T, name string) {
	t.Helper()
	out, _, err := run(nil, "cat", name)
	if info, statErr := os.Stat(name); statErr == nil && info.IsDir() {
		out, err = []byte(snapshot(t, name)), nil
	}
	require.NoError(t, err)
	require.Contains(t, string(out), "name: dind-daemon")
	require.NotContains(t, string(out), "\n          path: /var/run/docker.sock", "a hostPath")
}
