package node

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/tests/cluster/binaries"
	"github.com/boxp/dindify/tests/cluster/controlplane"
	"github.com/boxp/dindify/tests/cluster/process"
)

// startControllers starts the controller manager and the scheduler; neither serves anything.
func (n *Node) startControllers(t testing.TB) {
	t.Helper()
	startKubernetes(t, n.Dir, "kube-controller-manager",
		"--kubeconfig="+n.Kubeconfig,
		"--secure-port=0",
		"--leader-elect=false",
		"--use-service-account-credentials=false",
		"--service-account-private-key-file="+controlplane.SigningKey(n.Dir),
		"--root-ca-file="+n.Config.CAFile)
	startKubernetes(t, n.Dir, "kube-scheduler",
		"--kubeconfig="+n.Kubeconfig,
		"--secure-port=0",
		"--leader-elect=false")
}

func startKubernetes(t testing.TB, dir, name string, args ...string) {
	t.Helper()
	program, err := binaries.Kubernetes(t.Context(), name)
	require.NoError(t, err)
	process.Start(t, dir, program, args...)
}
