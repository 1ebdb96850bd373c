package tests

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"github.com/boxp/dindify/fn/cli"
)

// terminal opens a pseudo-terminal of a width: what is written into tty comes out of screen.
func terminal(t *testing.T, columns uint16) (screen, tty *os.File) {
	screen, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	require.NoError(t, err)
	require.NoError(t, unix.IoctlSetPointerInt(int(screen.Fd()), unix.TIOCSPTLCK, 0))
	n, err := unix.IoctlGetInt(int(screen.Fd()), unix.TIOCGPTN)
	require.NoError(t, err)
	tty, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", n), os.O_RDWR|unix.O_NOCTTY, 0)
	require.NoError(t, err)
	require.NoError(t, unix.IoctlSetWinsize(int(tty.Fd()), unix.TIOCSWINSZ, &unix.Winsize{Row: 24, Col: columns}))
	return screen, tty
}

// onTerminal runs a verb with its output and its errors on terminals of a width, and returns what they show.
func onTerminal(t *testing.T, columns uint16, args ...string) (out, errs string) {
	outScreen, outTTY := terminal(t, columns)
	errScreen, errTTY := terminal(t, columns)
	read := func(screen *os.File) chan string {
		done := make(chan string)
		go func() {
			var text bytes.Buffer
			_, _ = io.Copy(&text, screen) // which ends in an error when the other end is closed
			done <- text.String()
		}()
		return done
	}
	outDone, errDone := read(outScreen), read(errScreen)
	cli.Run(cli.Streams{In: bytes.NewReader(nil), Out: outTTY, Err: errTTY}, "test", args)
	require.NoError(t, outTTY.Close())
	require.NoError(t, errTTY.Close())
	out, errs = <-outDone, <-errDone
	require.NoError(t, outScreen.Close())
	require.NoError(t, errScreen.Close())
	return out, errs
}

// TestAuditShowsProgressOnATerminal: only there, and the line is gone in the end.
func TestAuditShowsProgressOnATerminal(t *testing.T) {
	dir := t.TempDir()
	for i := range 1000 {
		require.NoError(t, os.WriteFile(filepath.Join(dir, fmt.Sprintf("%d.md", i)), []byte("words\n"), 0o644))
	}
	_, errs := onTerminal(t, 80, "audit", dir)
	require.Contains(t, errs, "\rreading 0 of 1000 files")
	require.Contains(t, errs, "\r\x1b[K")
	_, errs, _ = verb(t, "", "audit", dir)
	require.NotContains(t, errs, "reading")
	require.NoError(t, os.Remove(filepath.Join(dir, "0.md")))
	_, errs = onTerminal(t, 80, "audit", dir)
	require.NotContains(t, errs, "reading", "a short work")
}
