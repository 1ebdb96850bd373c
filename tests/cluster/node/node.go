package node

import (
	"testing"

	"github.com/boxp/dindify/tests/cluster/controlplane"
	"github.com/boxp/dindify/tests/cluster/sandbox"
)

// Name is the node's name and its label kubernetes.io/hostname.
const Name = sandbox.NodeName

// Node is a control plane with controllers, and one kubelet that runs what it schedules.
type Node struct {
	*controlplane.ControlPlane

	loaded map[string]bool // images, by their names
}

// Start starts the node, and stops it when the test ends. The test's TestMain must be sandbox.Main.
func Start(t testing.TB) *Node {
	t.Helper()
	if sandbox.StateDir() == "" {
		t.Fatal("a node runs in a sandbox: func TestMain(m *testing.M) { os.Exit(sandbox.Main(m, node.Prepare)) }")
	}
	n := &Node{ControlPlane: controlplane.Start(t), loaded: map[string]bool{}}
	setUpNetwork(t, n.Port)
	n.startControllers(t)
	startContainerd(t)
	n.startKubelet(t)
	n.waitReady(t)
	n.createRuntimeClasses(t)
	return n
}
