package tests

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestVerifySaysWhereItIs also checks that dindify runs a kubectl-dindify on the PATH, with its exit status.
func TestVerifySaysWhereItIs(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("PATH", dir)
	_, errs, status := verb(t, "", "verify", "deploy/openhands")
	require.Equal(t, 2, status)
	require.Contains(t, errs, "kubectl-dindify")
	help, _, status := verb(t, "", "verify", "--help")
	require.Zero(t, status)
	require.Contains(t, help, "kubectl-dindify")

	program := "#!/bin/sh\necho \"$@\"\nexit 7\n"
	require.NoError(t, os.WriteFile(filepath.Join(dir, "kubectl-dindify"), []byte(program), 0o755))
	out, _, status := verb(t, "", "verify", "deploy/openhands", "--nested")
	require.Equal(t, 7, status)
	require.Equal(t, "verify deploy/openhands --nested\n", out)
}
