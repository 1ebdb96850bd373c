package node

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"text/template"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/tests/cluster/binaries"
	"github.com/boxp/dindify/tests/cluster/images"
	"github.com/boxp/dindify/tests/cluster/process"
	"github.com/boxp/dindify/tests/cluster/sandbox"
)

// containerdSocket is the usual path: /run is the sandbox's own.
const containerdSocket = "/run/containerd/containerd.sock"

// The handlers besides the default one, as RuntimeClasses name them.
const (
	writableHandler = "cgroup-writable" // runc, with /sys/fs/cgroup writable in the container
	gvisorHandler   = "runsc"
)

// restrict_oom_score_adj: a process without CAP_SYS_RESOURCE may not lower its oom_score_adj, and every pod sandbox
// fails because of it ("can't get final child's PID from pipe: EOF").
const oldContainerdConfig = `
version = 2
root = "{{.Root}}"
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
    conf_dir = "{{.CNI}}"
`

const containerdConfig = `
version = 3
root = "{{.Root}}"
state = "/run/containerd"
[grpc]
  address = "` + containerdSocket + `"
[plugins."io.containerd.cri.v1.images"]
  snapshotter = "overlayfs"
  [plugins."io.containerd.cri.v1.images".pinned_images]
    sandbox = "` + images.PauseRef + `"
[plugins."io.containerd.cri.v1.runtime"]
  restrict_oom_score_adj = true
  [plugins."io.containerd.cri.v1.runtime".containerd]
    default_runtime_name = "runc"
    [plugins."io.containerd.cri.v1.runtime".containerd.runtimes.runc]
      runtime_type = "io.containerd.runc.v2"
      [plugins."io.containerd.cri.v1.runtime".containerd.runtimes.runc.options]
        BinaryName = "{{.Runtime}}"
    [plugins."io.containerd.cri.v1.runtime".containerd.runtimes.` + writableHandler + `]
      runtime_type = "io.containerd.runc.v2"
      cgroup_writable = true
      [plugins."io.containerd.cri.v1.runtime".containerd.runtimes.` + writableHandler + `.options]
        BinaryName = "{{.Runtime}}"
    [plugins."io.containerd.cri.v1.runtime".containerd.runtimes.` + gvisorHandler + `]
      runtime_type = "io.containerd.runsc.v1"
      [plugins."io.containerd.cri.v1.runtime".containerd.runtimes.` + gvisorHandler + `.options]
        TypeUrl = "io.containerd.runsc.v1.options"
        ConfigPath = "{{.GVisor}}"
  [plugins."io.containerd.cri.v1.runtime".cni]
    bin_dirs = ["/usr/lib/cni"]
    conf_dir = "{{.CNI}}"
`

// gvisorConfig: Docker in gVisor needs raw sockets, and since version 28 write access to packet sockets
// (gvisor.dev/docs/tutorials/docker-in-gvisor). The machine's cgroups lack what runsc would set.
const gvisorConfig = `
binary_name = %q
[runsc_config]
  net-raw = "true"
  allow-packet-socket-write = "true"
  ignore-cgroups = "true"
`

func startContainerd(t testing.TB) {
	t.Helper()
	state := sandbox.StateDir()
	config := writeContainerdConfig(t, state)
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

func writeContainerdConfig(t testing.TB, state string) string {
	t.Helper()
	programs, err := binaries.CacheDir("programs")
	require.NoError(t, err)
	gvisor := filepath.Join(state, "runsc.toml")
	content := fmt.Appendf(nil, gvisorConfig, filepath.Join(programs, gvisorRuntimeProgram))
	require.NoError(t, os.WriteFile(gvisor, content, 0o644))
	text := containerdConfig
	if binaries.Selected().Containerd.Dir == "" {
		text = oldContainerdConfig
	}
	var filled bytes.Buffer
	require.NoError(t, template.Must(template.New("").Parse(text)).Execute(&filled, map[string]string{
		"Root":    filepath.Join(state, "containerd"),
		"CNI":     cniConfigDir(),
		"Runtime": filepath.Join(programs, runtimeProgram),
		"GVisor":  gvisor,
	}))
	config := filepath.Join(state, "containerd.toml")
	require.NoError(t, os.WriteFile(config, filled.Bytes(), 0o644))
	return config
}
