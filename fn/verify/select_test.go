package verify

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestNoWorkloadIsNotClaimedUnseen checks that a user who may list nothing is not told that there is nothing, and that
// a namespace that is not there is said.
func TestNoWorkloadIsNotClaimedUnseen(t *testing.T) {
	f := healthy(t)
	f.allow = &[]string{}
	_, err := Run(t.Context(), f, Options{Namespace: "openhands"})
	require.ErrorContains(t, err, "it is not known which workloads in namespace openhands")
	require.NotContains(t, err.Error(), "no workload in")

	_, err = Run(t.Context(), healthy(t), Options{Namespace: "nope"})
	require.ErrorContains(t, err, "namespace nope does not exist")
}
