package verify

import (
	"bytes"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestDialWithBash runs the script of nested-port against an open and a closed port, and one whose answer takes too
// long.
func TestDialWithBash(t *testing.T) {
	for _, program := range []string{"sh", "bash", "timeout"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skip(err)
		}
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	_, port, err := net.SplitHostPort(listener.Addr().String())
	require.NoError(t, err)
	dial := func(timeout string) reach {
		var stderr bytes.Buffer
		cmd := exec.Command("sh", "-c", fmt.Sprintf(dialWithBash, timeout, "bash"), "127.0.0.1", port)
		cmd.Stderr = &stderr
		err := cmd.Run()
		if ended := new(exec.ExitError); err != nil && !errors.As(err, &ended) {
			t.Fatal(err)
		}
		found, why := dialled(Output{Status: cmd.ProcessState.ExitCode(), Stderr: stderr.String()})
		t.Log(why)
		return found
	}
	late := filepath.Join(t.TempDir(), "timeout") // ends as after its time
	require.NoError(t, os.WriteFile(late, []byte("#!/bin/sh\nexit 124\n"), 0o755))
	require.Equal(t, open, dial("timeout"))
	require.Equal(t, unproven, dial(late))
	require.NoError(t, listener.Close())
	require.Equal(t, closed, dial("timeout"))
}
