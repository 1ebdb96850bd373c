package kustomize

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// BenchmarkBuild compares dindify build with the real kustomize and the exec function, as whole processes, on the
// example's component, and with kustomize without any function, which is the lower limit for both. tests/bench
// measures memory too.
func BenchmarkBuild(b *testing.B) {
	for _, n := range []int{1, 100, 1000} {
		dir := manyAgents(b, n, "components: [dindify]\n")
		plain := manyAgents(b, n, "")
		for _, host := range []struct {
			name    string
			command []string
		}{
			{"kustomize", []string{"kustomize", "build", plain}},
			{"kustomize-exec", []string{"kustomize", "build", "--enable-alpha-plugins", "--enable-exec", dir}},
			{"dindify-build", []string{"dindify", "build", dir}},
		} {
			b.Run(fmt.Sprintf("objects=%d/host=%s", n, host.name), func(b *testing.B) {
				for b.Loop() {
					out, errs, err := run(nil, host.command[0], host.command[1:]...)
					require.NoError(b, err, "%s", errs)
					require.Equal(b, host.command[len(host.command)-1] == dir, bytes.Contains(out, []byte("name: dind-daemon")))
				}
			})
		}
	}
}

// manyAgents returns a kustomization of n Deployments, the first of which mounts the socket.
func manyAgents(b *testing.B, n int, components string) string {
	b.Helper()
	dir := b.TempDir()
	agent, err := os.ReadFile(filepath.Join(root, "examples", "kustomize", "agent.yaml"))
	require.NoError(b, err)
	var all bytes.Buffer
	for i := range n {
		text := bytes.ReplaceAll(agent, []byte("buildkite-agent"), fmt.Appendf(nil, "agent-%d", i))
		if i > 0 {
			text = bytes.ReplaceAll(text, []byte("path: /var/run/docker.sock\n"), []byte("path: /var/lib/cache\n"))
		}
		all.WriteString("---\n")
		all.Write(text)
	}
	require.NoError(b, os.WriteFile(filepath.Join(dir, "agents.yaml"), all.Bytes(), 0o644))
	require.NoError(b, os.WriteFile(filepath.Join(dir, "kustomization.yaml"),
		[]byte("resources: [agents.yaml]\n"+components), 0o644))
	require.NoError(b, os.CopyFS(filepath.Join(dir, "dindify"), os.DirFS(filepath.Join(root, "examples", "kustomize",
		"dindify"))))
	return dir
}
