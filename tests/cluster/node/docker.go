package node

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/tests/cluster/process"
	"github.com/boxp/dindify/tests/cluster/sandbox"
)

// StartDocker starts the node's own Docker engine, which serves /var/run/docker.sock of the node until the test ends,
// and returns the engine's ID.
func (n *Node) StartDocker(t testing.TB) string {
	t.Helper()
	state := sandbox.StateDir()
	program, err := exec.LookPath("dockerd")
	require.NoError(t, err)
	// The machine's own package, with the containerd and runc that it needs, not the node's.
	process.Start(t, state, "/usr/bin/env", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", program,
		"--host=unix:///var/run/docker.sock",
		"--data-root="+filepath.Join(state, "docker"),
		"--cgroup-parent="+sandbox.CgroupParent()+"/docker",
		// Beside the pod network, in a different range from the daemons inside pods.
		"--bip=10.245.0.1/24")
	t.Cleanup(func() { undo(t, "iptables", "--wait", "--policy", "FORWARD", "ACCEPT") }) // dockerd's policy is DROP
	var id string
	process.WaitFor(t, "the node's Docker engine answers", time.Minute, func() error {
		out, err := exec.CommandContext(t.Context(), "docker", "--host=unix:///var/run/docker.sock", "info", "--format",
			"{{.ID}}").Output()
		id = strings.TrimSpace(string(out))
		return err
	})
	return id
}
