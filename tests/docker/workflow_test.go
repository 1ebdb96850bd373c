package docker

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"github.com/boxp/dindify/tests/docker/product"
)

// workflow is the part of a GitHub workflow that refers to this repository.
type workflow struct {
	Jobs map[string]struct {
		Steps []struct {
			Run  string
			With map[string]string
		}
	}
}

// TestReleaseWorkflow checks what is possible outside of GitHub: syntax, contexts, the shell steps, and that
// referenced files exist.
func TestReleaseWorkflow(t *testing.T) {
	root := product.Root(t)
	file := filepath.Join(root, ".github", "workflows", "release.yaml")
	out, err := exec.Command("go", "tool", "actionlint", file).CombinedOutput()
	require.NoError(t, err, "%s", out)

	text, err := os.ReadFile(file)
	require.NoError(t, err)
	var release workflow
	require.NoError(t, yaml.Unmarshal(text, &release))
	require.Len(t, release.Jobs, 3)
	for _, job := range release.Jobs {
		for _, step := range job.Steps {
			if context := step.With["context"]; context != "" {
				assert.FileExists(t, filepath.Join(root, context, "Dockerfile"))
			}
			if version := step.With["go-version-file"]; version != "" {
				assert.FileExists(t, filepath.Join(root, version))
			}
			checkCommands(t, root, step.Run)
		}
	}
}

// checkCommands checks that the packages that a step builds and the make targets that it calls exist.
func checkCommands(t *testing.T, root, script string) {
	t.Helper()
	for _, match := range regexp.MustCompile(`(?s)go build\b.*?\s\./(\w+)`).FindAllStringSubmatch(script, -1) {
		assert.FileExists(t, filepath.Join(root, match[1], "main.go"))
	}
	for _, match := range regexp.MustCompile(`(?m)^\s*make ([\w-]+)`).FindAllStringSubmatch(script, -1) {
		assert.NoError(t, exec.Command("make", "--directory", root, "--dry-run", match[1]).Run(), "make %s", match[1])
	}
}
