package node

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/tests/cluster/images"
	"github.com/boxp/dindify/tests/cluster/process"
	"github.com/boxp/dindify/tests/cluster/sandbox"
)

// containerdSocket is the usual path: /run is the sandbox's own.
const containerdSocket = "/run/containerd/containerd.sock"

// restrict_oom_score_adj: a process without CAP_SYS_RESOURCE may not lower its oom_score_adj,
// and every pod sandbox dies of it ("can't get final child's PID from pipe: EOF").
const containerdConfig = `
version = 2
root = %q
state = "/run/containerd"
[grpc]
  address = "` + containerdSocket + `"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "` + images.PauseRef + `"
  restrict_oom_score_adj = true
  [plugins."io.containerd.grpc.v1.cri".containerd]
    snapshotter = "overlayfs"
  [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
    runtime_type = "io.containerd.runc.v2"
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = %q
`

func startContainerd(t testing.TB) {
	t.Helper()
	state := sandbox.StateDir()
	config := filepath.Join(state, "containerd.toml")
	content := fmt.Appendf(nil, containerdConfig, filepath.Join(state, "containerd"), cniConfigDir())
	require.NoError(t, os.WriteFile(config, content, 0o644))
	program, err := exec.LookPath("containerd")
	require.NoError(t, err)
	process.Start(t, state, program, "--config", config)
	process.WaitFor(t, "containerd answers", time.Minute, func() error { return ctr(t, "version").Run() })
	load(t, images.PauseRef)
}

func ctr(t testing.TB, args ...string) *exec.Cmd {
	t.Helper()
	args = append([]string{"--address", containerdSocket, "--namespace", "k8s.io"}, args...)
	return exec.CommandContext(t.Context(), "ctr", args...)
}
