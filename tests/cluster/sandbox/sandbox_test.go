package sandbox_test

import (
	"context"
	"net"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/tests/cluster/binaries"
	"github.com/boxp/dindify/tests/cluster/sandbox"
)

func TestMain(m *testing.M) {
	prepare := func(ctx context.Context) error { return binaries.Install(ctx, "ip") }
	os.Exit(sandbox.MainInParallel(m, 2, prepare, func() error { return nil }))
}

func TestSandboxIsPrivate(t *testing.T) {
	name, err := os.Hostname()
	require.NoError(t, err)
	require.Equal(t, sandbox.NodeName, name)

	interfaces, err := net.Interfaces()
	require.NoError(t, err)
	for _, i := range interfaces {
		require.NotEqual(t, "eth0", i.Name)
	}
	run, err := os.ReadDir("/run")
	require.NoError(t, err)
	require.Empty(t, run)
	require.Equal(t, 1, os.Getppid())
}

// TestClaim checks that only one of two sandboxes gets a test.
func TestClaim(t *testing.T) {
	sandbox.Claim(t)
	file := filepath.Join(os.Getenv("DINDIFY_SANDBOX_CLAIMS"), "ran")
	_, err := os.OpenFile(file, os.O_CREATE|os.O_EXCL, 0o600)
	require.NoError(t, err)
}
