package tests

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"sigs.k8s.io/kustomize/kyaml/kio"
	kyaml "sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/function"
)

const examplePackage = "../examples/kpt"

// TestExamplePackageBecomesWhatItSays renders the function docs' package with kpt's library for packages. tests/kpt
// uses kpt itself, which is not available everywhere.
func TestExamplePackageBecomesWhatItSays(t *testing.T) {
	want := copied(t)
	patch, err := filepath.Abs(filepath.Join(examplePackage, ".expected", "diff.patch"))
	require.NoError(t, err)
	apply := exec.Command("git", "apply", patch)
	apply.Dir = want
	said, err := apply.CombinedOutput()
	require.NoError(t, err, "%s", said)
	require.Contains(t, readText(t, filepath.Join(want, "deployment.yaml")), "name: dind-daemon")

	got := copied(t)
	render(t, got)
	requireSameFiles(t, want, got)
	render(t, got)
	requireSameFiles(t, want, got)
}

func copied(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	require.NoError(t, os.CopyFS(dir, os.DirFS(examplePackage)))
	return dir
}

// render runs the Kptfile's pipeline: dindify with the package's dindify.yaml.
func render(t *testing.T, dir string) {
	t.Helper()
	kptfile := kyaml.MustParse(readText(t, filepath.Join(dir, "Kptfile")))
	path, err := kptfile.GetString("pipeline.mutators[0].configPath")
	require.NoError(t, err)
	functionConfig, err := kyaml.Parse(readText(t, filepath.Join(dir, path)))
	require.NoError(t, err)

	pkg := &kio.LocalPackageReadWriter{
		PackagePath: dir, MatchFilesGlob: []string{"*.yaml", "Kptfile"},
		PreserveSeqIndent: true, WrapBareSeqNode: true, KeepReaderAnnotations: false,
	}
	require.NoError(t, kio.Pipeline{
		Inputs:  []kio.Reader{pkg},
		Filters: []kio.Filter{throughTheFunction(t, functionConfig)},
		Outputs: []kio.Writer{pkg},
	}.Execute())
}

// throughTheFunction passes the items to dindify as a ResourceList.
func throughTheFunction(t *testing.T, functionConfig *kyaml.RNode) kio.FilterFunc {
	return func(items []*kyaml.RNode) ([]*kyaml.RNode, error) {
		var in bytes.Buffer
		list := kio.ByteWriter{
			Writer: &in, KeepReaderAnnotations: true, FunctionConfig: functionConfig,
			WrappingKind: kio.ResourceListKind, WrappingAPIVersion: kio.ResourceListAPIVersion,
		}
		if err := list.Write(items); err != nil {
			return nil, err
		}
		out, rep := function.Run(in.String(), function.Override{})
		require.False(t, rep.Failed())
		return (&kio.ByteReader{Reader: strings.NewReader(out.String()), OmitReaderAnnotations: true}).Read()
	}
}

func requireSameFiles(t *testing.T, want, got string) {
	t.Helper()
	entries, err := os.ReadDir(want)
	require.NoError(t, err)
	for _, entry := range entries {
		if entry.Type().IsRegular() {
			require.Equal(t, readText(t, filepath.Join(want, entry.Name())), readText(t, filepath.Join(got, entry.Name())),
				entry.Name())
		}
	}
	others, err := os.ReadDir(got)
	require.NoError(t, err)
	require.Len(t, others, len(entries))
}
