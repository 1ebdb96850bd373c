package tests

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestInitProposesNoSharedDisk: overlay2 does not work on the file servers that provide claims for several nodes.
func TestInitProposesNoSharedDisk(t *testing.T) {
	t.Chdir(t.TempDir())
	claim := "---\napiVersion: v1\nkind: PersistentVolumeClaim\nmetadata:\n  name: work\nspec:\n  accessModes: [MODE]\n" +
		"  storageClassName: some\n"
	for mode, proposed := range map[string]bool{"ReadWriteOnce": true, "ReadWriteMany": false, "ReadOnlyMany": false} {
		out, errs, status := verb(t, deployment+strings.Replace(claim, "MODE", mode, 1), "init", "-")
		require.Zero(t, status, errs)
		require.Equal(t, proposed, strings.Contains(out, "storageClassName: some"), mode)
	}
}

// TestAComponentBelowTheInputIsForBuild: the files of a kustomization are not what is applied.
func TestAComponentBelowTheInputIsForBuild(t *testing.T) {
	inRepository(t, "deploy/ci/dindify/dindify.yaml")
	_, errs, status := verb(t, "", "diff", "deploy")
	require.Equal(t, 2, status)
	require.Contains(t, errs, "run the verb on its folder by itself")
	put(t, "deploy/ci/kustomization.yaml", "resources: [app.yaml]\n")
	succeed(t, "init", "--yes", "deploy/ci")
	_, errs, status = verb(t, "", "diff", "deploy")
	require.Equal(t, 2, status)
	require.Contains(t, errs, "use dindify build deploy/ci, and leave it out here with --exclude deploy/ci")
	out, errs, status := verb(t, "", "diff", "--exclude", "deploy/ci", "deploy")
	require.Zero(t, status, errs)
	require.Empty(t, out)
}
