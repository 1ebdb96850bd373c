package tests

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// testdata/upgrade is the output of dindify for the overlays at commit 15dfa3c, with journals of version 1. A pod that
// a released version converted must be revertible and convertible to the current defaults.
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
			require.Equal(t, withoutMade(today), withoutMade(asBuilt(t, again)), "what today's version prints of the original")
		})
	}
}

// asBuilt sorts documents in the order of kustomize's output. Before kustomize prints them, fields that dindify writes
// are in the order of Kubernetes' types.
func asBuilt(t *testing.T, documents string) string {
	t.Helper()
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "all.yaml"), []byte(documents), 0o644))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "kustomization.yaml"),
		[]byte("resources: [all.yaml]\nsortOptions: {order: legacy}\n"), 0o644))
	built, errs, status := verb(t, "", "build", dir)
	require.Zero(t, status, errs)
	return built
}

// withoutMade removes the record of created annotations from journals. In a build the annotations exist: kustomize
// adds its own.
func withoutMade(documents string) string {
	return strings.ReplaceAll(documents, "- in: metadata.annotations\n        made: true\n",
		"- in: metadata.annotations\n")
}
