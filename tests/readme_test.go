package tests

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// released matches the places where examples name a version of dindify.
var released = regexp.MustCompile(
	`(?:boxp/dindify(?:-argocd|/fn/dindify)?[:@]|dindify_|release\.yaml@refs/tags/|before |rev: )v([0-9]+\.[0-9]+\.[0-9]+)`)

// TestExamplesNameTheVersionThatTheTreePublishes compares them with the version in the changelog.
func TestExamplesNameTheVersionThatTheTreePublishes(t *testing.T) {
	version := regexp.MustCompile(`(?m)^(?:To be |## \[)([0-9]+\.[0-9]+\.[0-9]+)`).FindStringSubmatch(read(t,
		"../CHANGELOG.md"))
	require.NotNil(t, version)
	named := 0
	require.NoError(t, filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && slices.Contains([]string{".git", "bin", "tests"}, d.Name()):
			return filepath.SkipDir
		case !d.Type().IsRegular() || !slices.Contains([]string{".md", ".yaml", ".go", "", ".rb"}, filepath.Ext(path)):
			return nil
		}
		for _, m := range released.FindAllStringSubmatch(read(t, path), -1) {
			require.Equal(t, version[1], m[1], "%s: %s", path, m[0])
			named++
		}
		return nil
	}))
	require.Greater(t, named, 15)
	require.Contains(t, read(t, "../fn/starter/helm/plugin.yaml"), "\nversion: "+version[1]+"\n")
}

// TestREADMEOpensWithWhatDiffPrints checks that the lines of its first diff are in the real one, in the same order;
// "..." stands for omitted lines.
func TestREADMEOpensWithWhatDiffPrints(t *testing.T) {
	_, block, found := strings.Cut(read(t, "../README.md"), "```diff\n")
	require.True(t, found)
	block, _, _ = strings.Cut(block, "```")
	t.Chdir("..")
	real, _, status := verb(t, "", "diff", "base/deployment.yaml")
	require.Equal(t, 1, status)
	lines, at := strings.Split(real, "\n"), 0
	for line := range strings.SplitSeq(strings.TrimSuffix(block, "\n"), "\n") {
		if strings.TrimSpace(strings.TrimPrefix(line, "+")) == "..." {
			continue
		}
		i := slices.Index(lines[at:], line)
		require.GreaterOrEqual(t, i, 0, "%q does not follow in\n%s", line, real)
		at += i + 1
	}
}

// TestRenderShowsTheDefaults checks that the overlay of make render sets only the required fields of the daemon, as
// the README says.
func TestRenderShowsTheDefaults(t *testing.T) {
	makefile := read(t, "../Makefile")
	overlay := regexp.MustCompile(`(?m)^OVERLAY \?= (\S+)$`).FindStringSubmatch(makefile)
	require.NotNil(t, overlay)
	config := filepath.Join("../overlays", overlay[1], "dindify/dindify.yaml")
	require.Contains(t, makefile, "-c overlays/"+overlay[1]+"/dindify/dindify.yaml base > docs/openhands.svg",
		"the picture shows the same")
	text, err := os.ReadFile(config)
	require.NoError(t, err)
	_, spec, _ := strings.Cut(string(text), "\nspec:\n")
	require.Equal(t, "  client:\n    unsetEnv:\n    - SANDBOX_LOCAL_RUNTIME_URL # was the node's loopback\n", spec)
}

// TestATrialAgentHasAPoolOfItsOwn checks that the patch of the migration guide applies to the example of such an
// agent.
func TestATrialAgentHasAPoolOfItsOwn(t *testing.T) {
	_, patch, found := strings.Cut(read(t, "../docs/migration.md"), "```yaml\npatches:")
	require.True(t, found)
	patch, _, _ = strings.Cut(patch, "```")
	t.Chdir(t.TempDir())
	require.NoError(t, os.CopyFS("agent", os.DirFS(filepath.Join(here, "../examples/kustomize"))))
	put(t, "trial/kustomization.yaml", "namespace: trial\nresources: [../agent]\npatches:"+patch)
	out, errs, status := verb(t, "", "build", "trial")
	require.Zero(t, status, errs)
	require.Contains(t, out, "- name: BUILDKITE_AGENT_TAGS\n          value: queue=trial\n")
}
