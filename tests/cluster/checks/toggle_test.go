package checks_test

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/tests/cluster/checks"
)

// TestToggle switches dindify on, off and on again for a running Deployment, and checks each time which daemon the app
// uses.
func TestToggle(t *testing.T) {
	n := claim(t)
	engine := n.StartDocker(t)
	original := checks.Rendered(t, "dood")
	converted := checks.Rendered(t, "dind-unix")

	w := checks.Deploy(t, n, checks.Variant{Name: "dood", Manifests: original})
	require.Equal(t, engine, w.DaemonID(t), "before: the node's engine")

	w.Switch(t, converted)
	require.NotEqual(t, engine, w.DaemonID(t), "converted: a daemon of its own")

	reverted := checks.Dindify(t, converted, "revert", "-")
	w.Switch(t, reverted)
	require.Equal(t, engine, w.DaemonID(t), "reverted: the node's engine again")

	w.Switch(t, checks.Dindify(t, reverted, "convert", "-"))
	require.NotEqual(t, engine, w.DaemonID(t), "converted once more")
}

// TestUpgrade applies the output of an earlier version, reverts it to the node's engine, and converts it with this
// version. testdata/upgrade of the parent folder's tests has that output.
func TestUpgrade(t *testing.T) {
	n := claim(t)
	engine := n.StartDocker(t)
	earlier, err := os.ReadFile("../../testdata/upgrade/dind-unix.yaml")
	require.NoError(t, err)

	w := checks.Deploy(t, n, checks.Variant{Name: "upgrade", Manifests: earlier})
	own := w.DaemonID(t)
	require.NotEqual(t, engine, own, "as the earlier version converted it")

	reverted := checks.Dindify(t, earlier, "revert", "-")
	w.Switch(t, reverted)
	require.Equal(t, engine, w.DaemonID(t), "reverted by this version")

	w.Switch(t, checks.Dindify(t, reverted, "convert", "-"))
	require.NotEqual(t, engine, w.DaemonID(t), "converted by this version")
}
