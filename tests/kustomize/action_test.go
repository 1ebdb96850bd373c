package kustomize

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestActionCutsComments has a difference that is too long for a comment on GitHub.
func TestActionCutsComments(t *testing.T) {
	dir := t.TempDir()
	files := map[string]string{}
	for i := range 40 {
		name := fmt.Sprintf("agent-%d", i)
		files[name+".yaml"] = strings.ReplaceAll(app["agent.yaml"], "name: agent", "name: "+name)
	}
	lay(t, dir, files)
	cmd := exec.Command("bash", absolute(t, ".github/action.sh"))
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "PATH="+path, "MANIFESTS=.", "CONFIG=", "SARIF=dindify.sarif", "COMMENT=dindify.md",
		"FAIL=false", "GITHUB_STEP_SUMMARY="+filepath.Join(dir, "summary.md"))
	said, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s", said)
	markdown, err := os.ReadFile(filepath.Join(dir, "dindify.md"))
	require.NoError(t, err)
	require.Less(t, len(markdown), 65536)
	require.Contains(t, string(markdown), "the rest is in the summary of the job")
	summary, err := os.ReadFile(filepath.Join(dir, "summary.md"))
	require.NoError(t, err)
	require.Greater(t, len(summary), 65536)
}
