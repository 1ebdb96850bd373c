package checks

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/tests/cluster/sandbox"
)

// OnClaim is the same client; its daemon's data is on a claim.
func OnClaim(t testing.TB, claim string) Variant {
	t.Helper()
	config := fmt.Sprintf(`
apiVersion: dindify.dev/v1alpha1
kind: DinD
metadata: {name: options}
spec:
  daemon: {storage: {persistentVolumeClaim: {claimName: %s}}}
  cleanup: {mode: None}
`, claim)
	return Variant{Name: claim, Manifests: convertOptions(t, config, "none")}
}

// FillClaim gives a claim a volume of a few megabytes without free space.
func FillClaim(t testing.TB, claim string) {
	t.Helper()
	folder := mountedClaim(t, claim, "tmpfs", "size=8m")
	// until it is full
	_ = exec.CommandContext(t.Context(), "dd", "if=/dev/zero", "of="+filepath.Join(folder, "all"), "bs=1M").Run()
}

// OverlayClaim gives a claim a volume that is an overlay itself, as on a node that is a container: the kernel refuses
// it as the upper folder of another overlay.
func OverlayClaim(t testing.TB, claim string) {
	t.Helper()
	var folders []any
	for _, name := range []string{"lower", "upper", "work"} {
		folder := filepath.Join(sandbox.StateDir(), "overlay", name)
		require.NoError(t, os.MkdirAll(folder, 0o755))
		folders = append(folders, folder)
	}
	mountedClaim(t, claim, "overlay", fmt.Sprintf("lowerdir=%s,upperdir=%s,workdir=%s", folders...))
}

// mountedClaim mounts a file system at the folder of a claim, and returns the folder.
func mountedClaim(t testing.TB, claim, kind, options string) string {
	t.Helper()
	folder := volumeFolder(claim)
	require.NoError(t, os.MkdirAll(folder, 0o755))
	out, err := exec.CommandContext(t.Context(), "mount", "-t", kind, "-o", options, claim, folder).CombinedOutput()
	require.NoErrorf(t, err, "%s", out)
	return folder
}
