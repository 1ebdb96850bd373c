package checks_test

import (
	"testing"

	"github.com/boxp/dindify/tests/cluster/checks"
	"github.com/boxp/dindify/tests/cluster/node"
)

// TestIsolation only reports: whether these modes run is the machine's doing (its kernel, its containerd, and the
// stand-in image, which has no rootless kit).
func TestIsolation(t *testing.T) {
	n := node.Start(t)
	for _, name := range []string{"dind-unix", "rootless", "userns"} {
		t.Run(name, func(t *testing.T) {
			t.Log(checks.Try(t, n, checks.Variant{Name: name, Manifests: checks.Rendered(t, name)}))
		})
	}
}
