package kustomize

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// BenchmarkBuild compares whole processes: kustomize with dindify as an exec function, and dindify build. One in a
// hundred of the objects mounts the node's socket.
func BenchmarkBuild(b *testing.B) {
	for _, n := range []int{1, 100, 1000} {
		dir := application(b, n)
		for name, command := range map[string][]string{
			"kustomize": {"kustomize", "build", "--enable-alpha-plugins", "--enable-exec", dir},
			"dindify":   {"dindify", "build", dir},
		} {
			b.Run(fmt.Sprintf("objects=%d/%s", n, name), func(b *testing.B) {
				for b.Loop() {
					out, errs, err := run(nil, command[0], command[1:]...)
					require.NoError(b, err, "%s", errs)
					require.Contains(b, string(out), "name: dind-daemon")
				}
			})
		}
	}
}

func application(b *testing.B, n int) string {
	b.Helper()
	dir := b.TempDir()
	example := filepath.Join(root, "examples/kustomize")
	require.NoError(b, os.CopyFS(dir, os.DirFS(example)))
	client, err := os.ReadFile(filepath.Join(example, "agent.yaml"))
	require.NoError(b, err)
	other := strings.ReplaceAll(string(client), "        - name: docker\n          mountPath: /var/run/docker.sock\n", "")
	other = strings.ReplaceAll(other, "      - name: docker\n        hostPath:\n          path: /var/run/docker.sock\n", "")
	var all strings.Builder
	for i := range n {
		text := other
		if i%100 == 0 {
			text = string(client)
		}
		all.WriteString(strings.Replace(text, "name: buildkite-agent", fmt.Sprintf("name: agent-%d", i), 1) + "---\n")
	}
	require.NoError(b, os.WriteFile(filepath.Join(dir, "agent.yaml"), []byte(all.String()), 0o644))
	return dir
}
