package verify

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestCleanupSaysWhatItCouldNotLookAt checks that a user who may not find the daemons is not told that nothing is left
// in them.
func TestCleanupSaysWhatItCouldNotLookAt(t *testing.T) {
	for _, allowed := range [][]string{{"list jobs", "delete jobs"}, {"list jobs", "list deployments"}} {
		f := healthy(t)
		f.allow = &allowed
		_, err := Cleanup(t.Context(), f, Options{Namespace: "openhands"})
		require.Error(t, err, allowed)
	}
	f := healthy(t)
	f.patch(t, map[string]any{
		"Deployment/openhands": nil, "ReplicaSet/openhands-6d9f": nil, "Pod/openhands-6d9f-x2kqp": nil,
	})
	_, err := Cleanup(t.Context(), f, Options{Namespace: "openhands"})
	require.NoError(t, err, "there is no daemon")
}
