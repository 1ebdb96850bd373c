package node

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/tests/cluster/controlplane"
	"github.com/boxp/dindify/tests/cluster/sandbox"
)

// The pod network. IP is the node's address on it, and the pods' gateway.
const (
	IP     = "10.244.0.1"
	podNet = "10.244.0.0/24"
	bridge = "cni0"
)

const cniConfig = `{
  "cniVersion": "0.4.0",
  "name": "pods",
  "plugins": [
    {
      "type": "bridge", "bridge": "` + bridge + `", "isGateway": true, "ipMasq": true, "hairpinMode": true,
      "ipam": {"type": "host-local", "ranges": [[{"subnet": "` + podNet + `", "gateway": "` + IP + `"}]], "routes": [{"dst": "0.0.0.0/0"}]}
    },
    {"type": "portmap", "capabilities": {"portMappings": true}}
  ]
}
`

func cniConfigDir() string { return filepath.Join(sandbox.StateDir(), "net.d") }

// setUpNetwork creates the bridge before the first pod does, because the kubelet needs the node's address at once, and
// the one rule that replaces kube-proxy. Both are removed after the test, for the next test's node.
func setUpNetwork(t testing.TB, apiPort int) {
	t.Helper()
	require.NoError(t, os.MkdirAll(cniConfigDir(), 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(cniConfigDir(), "pods.conflist"), []byte(cniConfig), 0o644))
	run(t, "ip", "link", "add", bridge, "type", "bridge")
	t.Cleanup(func() { undo(t, "ip", "link", "delete", bridge) })
	run(t, "ip", "address", "add", IP+"/24", "dev", bridge)
	run(t, "ip", "link", "set", bridge, "up")
	setSysctl(t, "ip_forward", "1")
	// Without it the kernel drops packets from the bridge to 127.0.0.1.
	setSysctl(t, "conf/"+bridge+"/route_localnet", "1")
	rule := []string{
		"PREROUTING", "--destination", controlplane.ServiceIP, "--protocol", "tcp", "--dport", "443",
		"--jump", "DNAT", "--to-destination", fmt.Sprintf("127.0.0.1:%d", apiPort),
	}
	run(t, "iptables", slices.Concat([]string{"--wait", "--table", "nat", "--append"}, rule)...)
	t.Cleanup(func() { undo(t, "iptables", slices.Concat([]string{"--wait", "--table", "nat", "--delete"}, rule)...) })
}

func setSysctl(t testing.TB, name, value string) {
	t.Helper()
	require.NoError(t, os.WriteFile(filepath.Join("/proc/sys/net/ipv4", name), []byte(value), 0o644))
}

// run executes a program that must succeed.
func run(t testing.TB, program string, args ...string) {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), program, args...).CombinedOutput()
	require.NoErrorf(t, err, "%s %v: %s", program, args, out)
}

// undo runs after the test, whose own context has ended by then.
func undo(t testing.TB, program string, args ...string) {
	out, err := exec.CommandContext(context.WithoutCancel(t.Context()), program, args...).CombinedOutput()
	if err != nil {
		t.Errorf("%s %v: %v: %s", program, args, err, out)
	}
}
