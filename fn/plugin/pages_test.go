package plugin_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// ofPages is a command line of the plugin in a page, up to what a shell or Markdown ends it with.
var ofPages = regexp.MustCompile("kubectl dindify verify([^]`|#\n]*)")

// TestCommandsOfThePagesAreUnderstood: flags, ids of checks and what goes together, of each `kubectl dindify verify`.
// They come as far as the cluster, of which there is none.
func TestCommandsOfThePagesAreUnderstood(t *testing.T) {
	manifests := filepath.Join(t.TempDir(), "on.yaml")
	require.NoError(t, os.WriteFile(manifests, []byte("apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n"), 0o644))
	pages, err := filepath.Glob("../../docs/*.md")
	require.NoError(t, err)
	found := 0
	for _, page := range append(pages, "../../README.md") {
		text, err := os.ReadFile(page)
		require.NoError(t, err)
		for _, line := range ofPages.FindAllStringSubmatch(string(text), -1) {
			args := strings.Fields(strings.NewReplacer("-f on.yaml", "-f "+manifests, "-f -", "-f "+manifests).Replace(line[1]))
			_, said, status := run(t, append([]string{"verify", "--server", "127.0.0.1:1"}, args...)...)
			require.Equal(t, 2, status, "%s: %s", page, line[0])
			require.Contains(t, said, "no answer from the cluster", "%s: %s", page, line[0])
			found++
		}
	}
	require.Greater(t, found, 10)
}
