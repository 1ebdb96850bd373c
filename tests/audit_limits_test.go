package tests

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestAuditOfAPodBeyondTheLimits: an object beyond the limits is an error, and hides no other.
func TestAuditOfAPodBeyondTheLimits(t *testing.T) {
	folder := t.TempDir()
	var volumes strings.Builder
	for i := range 1200 {
		fmt.Fprintf(&volumes, "  - name: v%d\n    emptyDir: {}\n", i)
	}
	put(t, filepath.Join(folder, "big.yaml"), "apiVersion: v1\nkind: Pod\nmetadata: {name: big}\nspec:\n  containers: "+
		"[{name: a, image: docker:cli, volumeMounts: [{name: s, mountPath: /var/run/docker.sock}]}]\n  volumes:\n  - "+
		"name: s\n    hostPath: {path: /var/run/docker.sock}\n"+volumes.String())
	put(t, filepath.Join(folder, "small.yaml"), deployment)
	out, errs, status := verb(t, "", "audit", folder)
	require.Equal(t, 2, status)
	require.Contains(t, errs, "[too-large]")
	require.Contains(t, out, "Deployment/app")
	require.Contains(t, out, "big.yaml:", "it is a row of an unknown use")
}
