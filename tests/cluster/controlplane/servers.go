package controlplane

import (
	"fmt"
	"net"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/tests/cluster/binaries"
	"github.com/boxp/dindify/tests/cluster/process"
)

// startEtcd returns the URL of a store that never syncs: it is fast, and is not needed after the test.
func startEtcd(t testing.TB, dir string) string {
	t.Helper()
	binaries.Require(t, "etcd")
	program, err := exec.LookPath("etcd")
	require.NoError(t, err)
	client, peer := httpURL(freePort(t)), httpURL(freePort(t))
	process.Start(t, dir, program,
		"--data-dir="+filepath.Join(dir, "etcd"),
		"--unsafe-no-fsync",
		"--listen-client-urls="+client, "--advertise-client-urls="+client,
		"--listen-peer-urls="+peer, "--initial-advertise-peer-urls="+peer, "--initial-cluster=default="+peer)
	return client
}

// startAPIServer returns the port. The server creates its own certificate, valid for 127.0.0.1 and ServiceIP.
func startAPIServer(t testing.TB, dir, etcd string, secrets credentials) int {
	t.Helper()
	program, err := binaries.Kubernetes(t.Context(), "kube-apiserver")
	require.NoError(t, err)
	port := freePort(t)
	process.Start(t, dir, program,
		"--etcd-servers="+etcd,
		"--bind-address=127.0.0.1", "--advertise-address=127.0.0.1",
		fmt.Sprintf("--secure-port=%d", port),
		"--cert-dir="+filepath.Dir(caFile(dir)),
		"--service-cluster-ip-range="+ServiceCIDR,
		"--endpoint-reconciler-type=none",
		"--token-auth-file="+secrets.tokenFile,
		"--authorization-mode=RBAC",
		"--allow-privileged",
		"--service-account-issuer=https://kubernetes.default.svc",
		"--service-account-key-file="+secrets.signingKey,
		"--service-account-signing-key-file="+secrets.signingKey,
		"--kubelet-preferred-address-types=InternalIP")
	return port
}

// caFile holds the server's certificate and the authority that signed it.
func caFile(dir string) string { return filepath.Join(dir, "certificates", "apiserver.crt") }

func serverURL(port int) string { return fmt.Sprintf("https://127.0.0.1:%d", port) }

func httpURL(port int) string { return fmt.Sprintf("http://127.0.0.1:%d", port) }

// freePort lets the kernel choose a port. Another program could take it before ours does; then ours fails at once.
func freePort(t testing.TB) int {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer listener.Close()
	return listener.Addr().(*net.TCPAddr).Port
}
