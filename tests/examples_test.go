package tests

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/tests/laws"
	"github.com/boxp/dindify/tests/pairwise"
)

// TestBaseAndExamplesHoldTheLaws reads each folder as one stream, like a host of functions.
func TestBaseAndExamplesHoldTheLaws(t *testing.T) {
	patterns := []string{
		"../base/*.yaml", "../examples/kustomize/*.yaml", "../examples/kpt/*.yaml",
		"../examples/argocd/*.yaml",
	}
	presets, err := filepath.Glob("../examples/presets/*/dindify")
	require.NoError(t, err)
	for _, dir := range presets {
		patterns = append(patterns, filepath.Join(filepath.Dir(dir), "*.yaml"))
	}
	for _, pattern := range patterns {
		files, err := filepath.Glob(pattern)
		require.NoError(t, err)
		require.NotEmpty(t, files)
		var documents [][]byte
		for _, file := range files {
			text, err := os.ReadFile(file)
			require.NoError(t, err)
			documents = append(documents, text)
		}
		input := bytes.Join(documents, []byte("---\n"))
		converted := 0
		for _, config := range pairwise.Configs() {
			if _, rep := laws.Check(t, input, []byte(config)); !rep.Failed() {
				converted++
				laws.CheckSwitch(t, input, []byte(config), nil)
			}
		}
		t.Logf("%s: %d combinations", pattern, converted)
		require.Positive(t, converted, pattern)
	}
}
