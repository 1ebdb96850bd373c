package checks

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/tests/cluster/images"
)

// loadImage loads an image into the pod's daemon, with the client in the app's container.
func (w *Workload) loadImage(t testing.TB, ref string) {
	t.Helper()
	all, err := images.For(ref)
	require.NoError(t, err)
	var archive bytes.Buffer
	require.NoError(t, images.Archive(&archive, all...))
	out, err := w.inApp(t, &archive, "docker", "load")
	require.NoError(t, err)
	require.Contains(t, out, "Loaded image")
}

// nested runs a container of the runtime image, like the app.
func (w *Workload) nested(t testing.TB, command ...string) (string, error) {
	return w.inApp(t, nil, append([]string{"docker", "run", "--rm", runtimeImage}, command...)...)
}

func (w *Workload) nestedInWorkspace(t testing.TB, script string) string {
	t.Helper()
	w.loadImage(t, runtimeImage)
	out, err := w.inApp(t, nil, "docker", "run", "--rm", "-v", workspace+":/workspace", runtimeImage, "sh", "-c", script)
	require.NoError(t, err)
	return strings.TrimSpace(out)
}

func nestedWritesWorkspace(t testing.TB, w *Workload) Finding {
	w.nestedInWorkspace(t, "echo hello >/workspace/"+nestedFile)
	out, err := w.inApp(t, nil, "cat", workspace+"/"+nestedFile)
	if err != nil {
		return bad("never reaches the app")
	}
	return good("is there for the app (`%s`)", strings.TrimSpace(out))
}

// ownership returns the owner, on the node's disk, of the file that a nested container wrote.
func ownership(t testing.TB, _ *Workload) Finding {
	info, err := os.Stat(filepath.Join(volumeFolder(workspaceClaim), nestedFile))
	if err != nil {
		return bad("nothing was written")
	}
	owner := info.Sys().(*syscall.Stat_t)
	return good("%d:%d", owner.Uid, owner.Gid)
}
