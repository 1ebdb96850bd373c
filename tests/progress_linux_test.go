package tests

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"github.com/boxp/dindify/fn/cli"
)

// shownOn runs a verb with its output and its errors on terminals of a width, and returns what they show.
func shownOn(t *testing.T, columns uint16, args ...string) (out, errs string) {
	t.Helper()
	open := func() (tty *os.File, shown chan string) {
		keyboard, tty := pseudoterminal(t)
		require.NoError(t, unix.IoctlSetWinsize(int(tty.Fd()), unix.TIOCSWINSZ, &unix.Winsize{Row: 24, Col: columns}))
		shown = make(chan string)
		go func() {
			var text bytes.Buffer
			_, _ = io.Copy(&text, keyboard) // which ends in an error when the other end is closed
			shown <- text.String()
		}()
		return tty, shown
	}
	outTTY, outShown := open()
	errTTY, errShown := open()
	cli.Run(cli.Streams{In: strings.NewReader(""), Out: outTTY, Err: errTTY}, "test", args)
	require.NoError(t, outTTY.Close())
	require.NoError(t, errTTY.Close())
	return <-outShown, <-errShown
}

// TestAuditShowsProgressOnATerminal: only there, and the line is gone in the end.
func TestAuditShowsProgressOnATerminal(t *testing.T) {
	dir := t.TempDir()
	for i := range 1000 {
		require.NoError(t, os.WriteFile(filepath.Join(dir, fmt.Sprintf("%d.md", i)), []byte("words\n"), 0o644))
	}
	_, errs := shownOn(t, 80, "audit", dir)
	require.Contains(t, errs, "\rreading 0 of 1000 files")
	require.Contains(t, errs, "\r\x1b[K")
	_, errs, _ = verb(t, "", "audit", dir)
	require.NotContains(t, errs, "reading")
	require.NoError(t, os.Remove(filepath.Join(dir, "0.md")))
	_, errs = shownOn(t, 80, "audit", dir)
	require.NotContains(t, errs, "reading", "a short work")
}
