package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestPagesSayWhatTheCodeSays writes the generated pages anew: what is in docs differs where make docs was forgotten.
func TestPagesSayWhatTheCodeSays(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, write(dir))
	require.NoError(t, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, err := filepath.Rel(dir, path)
		require.NoError(t, err)
		want, err := os.ReadFile(path)
		require.NoError(t, err)
		got, err := os.ReadFile(filepath.Join("..", name))
		require.NoError(t, err)
		require.Equal(t, string(want), string(got), "%s: run make docs", name)
		return nil
	}))
}
