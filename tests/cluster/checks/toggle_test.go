package checks_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/tests/cluster/checks"
	"github.com/boxp/dindify/tests/cluster/node"
)

// TestToggle turns dindify on, off and on again over one running Deployment, and asks the app
// each time whose daemon it talks to.
func TestToggle(t *testing.T) {
	n := node.Start(t)
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
