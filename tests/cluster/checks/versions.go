package checks

import (
	"fmt"
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/boxp/dindify/tests/cluster/binaries"
	"github.com/boxp/dindify/tests/cluster/node"
)

// Versions returns a line with the versions of the node's programs, as they report them.
func Versions(t testing.TB, n *node.Node) string {
	t.Helper()
	seen, err := n.CoreV1().Nodes().Get(t.Context(), node.Name, metav1.GetOptions{})
	require.NoError(t, err)
	info := seen.Status.NodeInfo
	cgroup := "v1"
	if binaries.Selected().CgroupV2 {
		cgroup = "v2"
	}
	parts := []string{
		"Kubernetes " + info.KubeletVersion, strings.Replace(info.ContainerRuntimeVersion, "://", " ", 1),
		firstLine(t, "runc", "--version"), "Linux " + info.KernelVersion + ", cgroup " + cgroup,
	}
	if gvisor := binaries.Selected().GVisor; gvisor.Dir != "" {
		version, err := gvisor.Version(t.Context())
		require.NoError(t, err)
		parts = append(parts, "gVisor "+version)
	}
	return strings.Join(parts, ", ") + "."
}

func firstLine(t testing.TB, program string, args ...string) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), program, args...).Output()
	require.NoError(t, err)
	line, _, _ := strings.Cut(string(out), "\n")
	return strings.Replace(fmt.Sprint(line), " version", "", 1)
}
