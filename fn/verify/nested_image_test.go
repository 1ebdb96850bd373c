package verify

import (
	"archive/tar"
	"bytes"
	"errors"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestImageHasItsFolders: what mode a missing folder gets is the daemon's choice, so the archive has each folder before
// what is in it. The programs are those of this machine, or busybox where the machine has it.
func TestImageHasItsFolders(t *testing.T) {
	for _, program := range []string{"tar", "busybox"} {
		t.Run(program, func(t *testing.T) {
			found, err := exec.LookPath(program)
			if err != nil {
				t.Skip(err)
			}
			bin := t.TempDir()
			if program == "busybox" {
				for _, name := range []string{"busybox", "tar", "sh", "grep", "sort"} {
					require.NoError(t, os.Symlink(found, filepath.Join(bin, name)))
				}
			}
			seen := map[string]bool{".": true}
			for _, entry := range importedBy(t, bin) {
				require.Contains(t, seen, path.Dir(entry), entry)
				seen[entry] = true
			}
			require.Greater(t, len(seen), 2)
		})
	}
}

// importedBy runs makeImage with a docker that keeps what it gets, and returns the names in the archive.
func importedBy(t *testing.T, bin string) (names []string) {
	t.Helper()
	archive := filepath.Join(t.TempDir(), "image.tar")
	docker := []byte("#!/bin/sh\ncat >'" + archive + "'\n")
	require.NoError(t, os.WriteFile(filepath.Join(bin, "docker"), docker, 0o755))
	cmd := exec.Command("sh", "-c", makeImage, "label", "image")
	cmd.Env = append(os.Environ(), "PATH="+bin+":"+os.Getenv("PATH"))
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, string(out))
	content, err := os.ReadFile(archive)
	require.NoError(t, err)
	reader := tar.NewReader(bytes.NewReader(content))
	for {
		header, err := reader.Next()
		if errors.Is(err, io.EOF) {
			return names
		}
		require.NoError(t, err)
		names = append(names, path.Clean(header.Name))
	}
}
