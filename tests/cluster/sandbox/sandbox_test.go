package sandbox_test

import (
	"context"
	"net"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/tests/cluster/binaries"
	"github.com/boxp/dindify/tests/cluster/sandbox"
)

func TestMain(m *testing.M) {
	os.Exit(sandbox.Main(m, func(ctx context.Context) error { return binaries.Install(ctx, "ip") }))
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
