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

// loadImage gives the pod's daemon an image, through the client in the app's container.
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

// nested runs a container of the runtime image, as the app would.
func (w *Workload) nested(t testing.TB, command ...string) (string, error) {
	return w.inApp(t, nil, append([]string{"docker", "run", "--rm", runtimeImage}, command...)...)
}

func (w *Workload) nestedInWorkspace(t testing.TB, script string) string {
	t.Helper()
	out, err := w.inApp(t, nil, "docker", "run", "--rm", "-v", workspace+":/workspace", runtimeImage, "sh", "-c", script)
	require.NoError(t, err)
	return strings.TrimSpace(out)
}

func nestedReadsWorkspace(t testing.TB, w *Workload) Finding {
	_, err := w.inApp(t, nil, "touch", workspace+"/from-the-app")
	require.NoError(t, err)
	if seen := w.nestedInWorkspace(t, "ls /workspace"); !strings.Contains(seen, "from-the-app") {
		return bad("sees an **empty** directory")
	}
	return good("sees the app's files")
}

func nestedWritesWorkspace(t testing.TB, w *Workload) Finding {
	w.nestedInWorkspace(t, "echo hello >/workspace/"+nestedFile)
	out, err := w.inApp(t, nil, "cat", workspace+"/"+nestedFile)
	if err != nil {
		return bad("never reaches the app")
	}
	return good("is there for the app (`%s`)", strings.TrimSpace(out))
}

// socketPath does what the entrypoint of OpenHands does when SANDBOX_USER_ID is not 0.
func socketPath(t testing.TB, w *Workload) Finding {
	out, err := w.inApp(t, nil, "stat", "-L", "-c", "%F, %a, group %g", "/var/run/docker.sock")
	if err != nil {
		return bad("crashes: no such file")
	}
	return good("finds the %s", strings.TrimSpace(out))
}

// dataVolume reads from the daemon's mount table where its data comes from. A kubelet's volume lies
// under pods/UID/volumes; what an image's VOLUME gets lies in a folder of the runtime's own.
func dataVolume(t testing.TB, w *Workload) Finding {
	mounts, err := w.inDaemon(t, "cat", "/proc/1/mountinfo")
	require.NoError(t, err)
	target := w.dataFolder(t)
	for _, line := range strings.Split(mounts, "\n") {
		fields := strings.Fields(line)
		if len(fields) < 5 || fields[4] != target {
			continue
		}
		if _, volume, found := strings.Cut(fields[3], "/volumes/kubernetes.io~"); found {
			kind, name, _ := strings.Cut(volume, "/")
			return good("on the volume `%s` (%s)", name, kind)
		}
		if strings.Contains(line, " - tmpfs ") || strings.Contains(line, " - 9p ") { // gVisor's gofer hands out files only of volumes
			return good("on a volume of the sandbox")
		}
		return bad("an anonymous directory of the runtime that no limit counts")
	}
	return bad("no volume at %s", target)
}

// dataFolder is where the daemon says that its data is, up to the mount.
func (w *Workload) dataFolder(t testing.TB) string {
	t.Helper()
	out, err := w.inApp(t, nil, "docker", "info", "--format", "{{.DockerRootDir}}")
	require.NoError(t, err)
	return strings.TrimSuffix(strings.TrimSpace(out), "/data")
}

// ownership is what the disk of the node says of the file that a nested container wrote.
func ownership(t testing.TB, _ *Workload) Finding {
	info, err := os.Stat(filepath.Join(volumeFolder(workspaceClaim), nestedFile))
	if err != nil {
		return bad("nothing was written")
	}
	owner := info.Sys().(*syscall.Stat_t)
	return good("%d:%d", owner.Uid, owner.Gid)
}
