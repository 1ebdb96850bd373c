package tests

import (
	"path/filepath"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestPipeInAFolderIsPassedOver checks that a pipe is named and not read.
func TestPipeInAFolderIsPassedOver(t *testing.T) {
	dir := t.TempDir()
	put(t, filepath.Join(dir, "app.yaml"), deployment)
	require.NoError(t, syscall.Mkfifo(filepath.Join(dir, "pipe.yaml"), 0o600))
	out, errs := succeed(t, "convert", "--no-config", dir)
	require.Contains(t, out, "dind-daemon")
	require.Contains(t, errs, "pipe.yaml")
	require.Contains(t, errs, "file-skipped")
	_, errs = succeed(t, "audit", "--exit-zero", dir)
	require.Contains(t, errs, "pipe.yaml")
}
