package tests

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"github.com/boxp/dindify/fn/cli"
)

// shownOn runs a verb with standard output and standard error on terminals of a width, and returns what they show.
func shownOn(t *testing.T, columns uint16, args ...string) (out, errs string) {
	t.Helper()
	open := func() (tty *os.File, shown chan string) {
		keyboard, tty := pseudoterminal(t)
		require.NoError(t, unix.IoctlSetWinsize(int(tty.Fd()), unix.TIOCSWINSZ, &unix.Winsize{Row: 24, Col: columns}))
		shown = make(chan string)
		go func() {
			var text bytes.Buffer
			_, _ = io.Copy(&text, keyboard) // fails when the other end is closed
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

// TestAuditShowsProgressOnATerminal checks that progress appears only on a terminal, and that the line is removed.
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

// TestTableFitsTheTerminal checks that no line is wider than the terminal unless a word is, and that classes are
// colored.
func TestTableFitsTheTerminal(t *testing.T) {
	for _, columns := range []int{40, 80, 120, 200} {
		out, _ := shownOn(t, uint16(columns), "audit", "testdata/mentions")
		require.Contains(t, out, "\x1b[31mclient\x1b[0m")
		require.Contains(t, out, "MENTIONED")
		require.Contains(t, out, " found: ")
		for line := range strings.Lines(out) {
			line = colour.ReplaceAllString(strings.TrimRight(line, "\r\n"), "")
			words := strings.Fields(line)
			if len([]rune(line)) > columns {
				require.LessOrEqual(t, len(words), 1, "%d columns: %s", columns, line)
			}
		}
	}
	t.Setenv("NO_COLOR", "1")
	out, _ := shownOn(t, 80, "audit", "testdata/mentions")
	require.NotContains(t, out, "\x1b")
}

var colour = regexp.MustCompile(`\x1b\[[0-9;]*m`)
