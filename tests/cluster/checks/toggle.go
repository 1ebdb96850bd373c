package checks

import (
	"bytes"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/tests/cluster/binaries"
)

// Switch replaces the workload's manifests, deletes the objects that the new ones no longer contain, like a GitOps
// operator, and waits for the new pod.
func (w *Workload) Switch(t testing.TB, manifests []byte) {
	t.Helper()
	manifests = WithoutForeignKinds(t, manifests)
	w.Load(t, manifests)
	require.NoError(t, w.Replace(t.Context(), w.manifests, manifests))
	w.manifests = manifests
	w.waitForPod(t)
}

// DaemonID returns the id of the daemon that the app uses.
func (w *Workload) DaemonID(t testing.TB) string {
	t.Helper()
	id, err := w.inApp(t, nil, "docker", "info", "--format", "{{.ID}}")
	require.NoError(t, err)
	return strings.TrimSpace(id)
}

// Dindify runs the binary that Render built, like a user.
func Dindify(t testing.TB, input []byte, args ...string) []byte {
	t.Helper()
	dir, err := binaries.CacheDir("programs")
	require.NoError(t, err)
	var stdout, stderr bytes.Buffer
	cmd := exec.CommandContext(t.Context(), filepath.Join(dir, "dindify"), args...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = bytes.NewReader(input), &stdout, &stderr
	require.NoErrorf(t, cmd.Run(), "dindify %v: %s", args, &stderr)
	return stdout.Bytes()
}
