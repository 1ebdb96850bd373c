package tests

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// testdata/upgrade is what dindify printed of the overlays at commit 15dfa3c, whose journals are of version 1. A pod that
// a released version converted must come back, and follow today's choices, whatever changed since.
func TestUpgradeFromAnEarlierVersion(t *testing.T) {
	t.Chdir("..")
	original, _, status := verb(t, "", "build", "overlays/dood")
	require.Zero(t, status)
	for _, overlay := range []string{"dind-unix", "dind-rootless"} {
		t.Run(overlay, func(t *testing.T) {
			old := read(t, filepath.Join("tests", "testdata", "upgrade", overlay+".yaml"))

			reverted, errs, status := verb(t, old, "revert", "-")
			require.Zero(t, status, errs)
			require.Equal(t, original, reverted, "what it was before the conversion")

			again, errs, status := verb(t, old, "convert", "-c", "overlays/"+overlay+"/dindify/dindify.yaml", "-")
			require.Zero(t, status, errs)
			today, _, status := verb(t, "", "build", "overlays/"+overlay)
			require.Zero(t, status)
			require.Equal(t, today, again, "what today's version prints of the original")
		})
	}
}
