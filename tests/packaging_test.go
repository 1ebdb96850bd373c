package tests

import (
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestArchiveHoldsTheProgramOfItsVersion: what a release publishes is what the README tells to unpack.
func TestArchiveHoldsTheProgramOfItsVersion(t *testing.T) {
	dist, bin := t.TempDir(), t.TempDir()
	platform := runtime.GOOS + "/" + runtime.GOARCH
	out, err := exec.Command("../packaging/archives.sh", "v9.8.7", dist, platform).CombinedOutput()
	require.NoError(t, err, "%s", out)
	archive := filepath.Join(dist, "dindify_v9.8.7_"+strings.ReplaceAll(platform, "/", "_")+".tar.gz")
	out, err = exec.Command("tar", "-C", bin, "-xzf", archive, "dindify").CombinedOutput()
	require.NoError(t, err, "%s", out)
	out, err = exec.Command(filepath.Join(bin, "dindify"), "version").CombinedOutput()
	require.NoError(t, err, "%s", out)
	require.Contains(t, string(out), "v9.8.7")
	out, err = exec.Command("tar", "-tzf", archive).CombinedOutput()
	require.NoError(t, err, "%s", out)
	require.Contains(t, string(out), "LICENSE\n")
	sums := read(t, filepath.Join(dist, "SHA256SUMS"))
	require.Contains(t, sums, filepath.Base(archive))
}

// TestFormulaNamesTheReleaseAndItsSum: Homebrew refuses a formula whose sum does not fit.
func TestFormulaNamesTheReleaseAndItsSum(t *testing.T) {
	sum := strings.Repeat("0a", 32)
	out, err := exec.Command("../packaging/formula.sh", "v9.8.7", sum).CombinedOutput()
	require.NoError(t, err, "%s", out)
	require.Contains(t, string(out), "refs/tags/v9.8.7.tar.gz\"\n  sha256 \""+sum+"\"\n")
	require.NotContains(t, string(out), "# release:")
	for _, args := range [][]string{{"9.8.7", sum}, {"v9.8.7", "short"}, {"v9.8.7|e", sum}} {
		require.Error(t, exec.Command("../packaging/formula.sh", args...).Run(), "%v", args)
	}
}
