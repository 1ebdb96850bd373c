package kustomize

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"sigs.k8s.io/yaml"

	"github.com/boxp/dindify/tests/laws"
)

func TestPresetsConvertAndComeBack(t *testing.T) {
	dirs, err := filepath.Glob(root + "/examples/presets/*/kustomization.yaml")
	require.NoError(t, err)
	require.NotEmpty(t, dirs)
	for _, file := range dirs {
		name := filepath.Base(filepath.Dir(file))
		t.Run(name, func(t *testing.T) {
			dir := "examples/presets/" + name
			out := build(t, dir)
			require.Contains(t, string(out), "name: dind-daemon")
			require.NotContains(t, string(out), "kind: DinD")
			for _, o := range withoutJournals(t, out) {
				text, err := yaml.Marshal(o)
				require.NoError(t, err)
				require.NotContains(t, string(text), "hostPath:")
			}
			laws.Check(t, out, nil)
			one, errs, err := run(nil, "dindify", "build", dir)
			require.NoError(t, err, "%s", errs)
			require.ElementsMatch(t, withoutJournals(t, out), withoutJournals(t, one), "in one process")
			back, errs, err := run(out, "dindify", "revert", "-")
			require.NoError(t, err, "%s", errs)
			require.Equal(t, string(unconverted(t, dir)), string(back))
		})
	}
}

// unconverted builds a preset without dindify; the other parts of its component stay.
func unconverted(t *testing.T, dir string) []byte {
	copied := t.TempDir()
	require.NoError(t, os.CopyFS(copied, os.DirFS(filepath.Join(root, dir))))
	rewrite := func(file string, edit func(map[string]any)) {
		file = filepath.Join(copied, file, "kustomization.yaml")
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		var k map[string]any
		require.NoError(t, yaml.Unmarshal(text, &k))
		edit(k)
		text, err = yaml.Marshal(k)
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(file, text, 0o644))
	}
	left := 0
	rewrite("dindify", func(k map[string]any) {
		delete(k, "transformers")
		others, _ := k["resources"].([]any)
		left = len(others)
	})
	rewrite("", func(k map[string]any) {
		if left == 0 {
			delete(k, "components")
		}
	})
	out, errs, err := run(nil, "kustomize", "build", copied)
	require.NoError(t, err, "%s", errs)
	return out
}
