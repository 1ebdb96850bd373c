//go:build linux

package tests

import (
	"bytes"
	"fmt"
	"os"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"github.com/boxp/dindify/fn/cli"
)

// terminal is the program's end of a pseudoterminal, with typed lines.
func terminal(t *testing.T, typed string) *os.File {
	t.Helper()
	keyboard, screen := pseudoterminal(t)
	_, err := keyboard.WriteString(typed)
	require.NoError(t, err)
	return screen
}

// pseudoterminal opens one: keyboard is the user's end, from which the program's output is read; screen is the
// program's end.
func pseudoterminal(t *testing.T) (keyboard, screen *os.File) {
	t.Helper()
	keyboard, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	require.NoError(t, err)
	fd := int(keyboard.Fd())
	require.NoError(t, unix.IoctlSetPointerInt(fd, unix.TIOCSPTLCK, 0))
	n, err := unix.IoctlGetInt(fd, unix.TIOCGPTN)
	require.NoError(t, err)
	screen, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", n), os.O_RDWR|unix.O_NOCTTY, 0)
	require.NoError(t, err)
	t.Cleanup(func() {
		_ = screen.Close()
		_ = keyboard.Close()
	})
	return keyboard, screen
}

func onTerminal(t *testing.T, typed string, args ...string) (out, errs string, status int) {
	t.Helper()
	var o, e bytes.Buffer
	status = cli.Run(cli.Streams{In: terminal(t, typed), Out: &o, Err: &e}, "test", args)
	return o.String(), e.String(), status
}

// TestOnATerminalNothingWaitsInSilence: instead of a silent read from the terminal there are help and a message.
func TestOnATerminalNothingWaitsInSilence(t *testing.T) {
	out, _, status := onTerminal(t, "")
	require.Zero(t, status)
	require.Contains(t, out, "Usage:")
	for _, command := range []string{"convert", "revert", "diff", "audit", "diagram"} {
		_, errs, status := onTerminal(t, "", command)
		require.NotZero(t, status, command)
		require.Contains(t, errs, "pass files or folders", command)
	}
}

// TestInitAsksOnATerminal before it writes, before it replaces, and which of several kustomizations; --yes answers.
func TestInitAsksOnATerminal(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, dir := range []string{"one", "two"} {
		put(t, dir+"/kustomization.yaml", kustomizationHead)
		put(t, dir+"/app.yaml", deployment)
	}
	for _, answer := range []string{"n\n", "\n", "\x04"} {
		out, errs, status := onTerminal(t, answer, "init", "one")
		require.Equal(t, 1, status)
		require.Contains(t, out, "[y/N]")
		require.Contains(t, errs, "nothing was written")
		require.NoDirExists(t, "one/dindify")
	}
	for _, answer := range []string{"3\n", "x\n", "0\n", "\x04"} {
		_, errs, status := onTerminal(t, answer, "init")
		require.Equal(t, 1, status)
		require.Contains(t, errs, "none was selected")
	}
	out, errs, status := onTerminal(t, "2\ny\n", "init")
	require.Zero(t, status, errs)
	require.Contains(t, out, "Which one? [1-2]")
	require.NoDirExists(t, "one/dindify")
	config := get(t, "two/dindify/dindify.yaml")

	put(t, "two/dindify/dindify.yaml", config+"# mine\n")
	out, _, status = onTerminal(t, "n\n", "init", "two")
	require.Equal(t, 1, status)
	require.Contains(t, out, "-# mine\n")
	require.Equal(t, config+"# mine\n", get(t, "two/dindify/dindify.yaml"))
	_, _, status = onTerminal(t, "y\n", "init", "two")
	require.Zero(t, status)
	require.Equal(t, config, get(t, "two/dindify/dindify.yaml"))

	out, errs, status = onTerminal(t, "", "init", "--yes", "one")
	require.Zero(t, status, errs)
	require.NotContains(t, out, "[y/N]")
	require.FileExists(t, "one/dindify/dindify.yaml")
}
