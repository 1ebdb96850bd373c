package tests

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"sigs.k8s.io/yaml"
)

// TestArchiveHoldsTheProgramOfItsVersion unpacks the release archive as docs/install.md describes.
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

// TestFormulaNamesTheReleaseAndItsSum: Homebrew refuses a formula with a wrong sum.
func TestFormulaNamesTheReleaseAndItsSum(t *testing.T) {
	sum := strings.Repeat("0a", 32)
	out, err := exec.Command("../packaging/formula.sh", "v9.8.7", sum).CombinedOutput()
	require.NoError(t, err, "%s", out)
	require.Contains(t, string(out), "refs/tags/v9.8.7.tar.gz\"\n  sha256 \""+sum+"\"\n")
	require.NotContains(t, string(out), "# release:")
	require.FileExists(t, "../Formula/dindify.rb", "where `brew tap` looks")
	for _, args := range [][]string{{"9.8.7", sum}, {"v9.8.7", "short"}, {"v9.8.7|e", sum}} {
		require.Error(t, exec.Command("../packaging/formula.sh", args...).Run(), "%v", args)
	}
}

// TestKrewManifestNamesEachArchive: krew refuses a manifest with a wrong name, sum or program.
func TestKrewManifestNamesEachArchive(t *testing.T) {
	sums := filepath.Join(t.TempDir(), "SHA256SUMS")
	sum := strings.Repeat("0a", 32)
	require.NoError(t, os.WriteFile(sums,
		[]byte(sum+"  dindify_v9.8.7_linux_amd64.tar.gz\n"+sum+"  dindify_v9.8.7_darwin_arm64.tar.gz\n"+sum+"  dindify.rb\n"),
		0o644))
	out, err := exec.Command("../packaging/krew.sh", "v9.8.7", sums).CombinedOutput()
	require.NoError(t, err, "%s", out)
	var plugin struct {
		APIVersion, Kind string
		Metadata         struct{ Name string }
		Spec             struct {
			Version, Homepage, ShortDescription, Description, Caveats string
			Platforms                                                 []struct {
				Selector    struct{ MatchLabels struct{ OS, Arch string } }
				URI, SHA256 string
				Bin         string
				Files       []struct{ From, To string }
			}
		}
	}
	require.NoError(t, yaml.UnmarshalStrict(out, &plugin))
	require.Equal(t, "dindify", plugin.Metadata.Name)
	require.Equal(t, "v9.8.7", plugin.Spec.Version)
	require.LessOrEqual(t, len(plugin.Spec.ShortDescription), 50)
	require.Len(t, plugin.Spec.Platforms, 2)
	require.Equal(t, "arm64", plugin.Spec.Platforms[1].Selector.MatchLabels.Arch)
	require.Equal(t, "kubectl-dindify", plugin.Spec.Platforms[0].Bin)
	require.Equal(t, sum, plugin.Spec.Platforms[0].SHA256)
	require.Contains(t, plugin.Spec.Platforms[0].URI, "/v9.8.7/dindify_v9.8.7_linux_amd64.tar.gz")
	require.Error(t, exec.Command("../packaging/krew.sh", "v9.8.8", sums).Run(), "no archive of that version")
	require.Error(t, exec.Command("../packaging/krew.sh", "9.8.7", sums).Run())
}
