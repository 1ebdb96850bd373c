package tests

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestCasesOfCommands compares the output of commands with testdata/commands. The first line of each file says why it
// exists. A line with "$ " is a command, its words without quotes, optionally with "< FILE" at the end. Its output,
// its standard error with the prefix "! ", and its status follow. -update writes what follows a command.
func TestCasesOfCommands(t *testing.T) {
	files, err := filepath.Glob("testdata/commands/*.txt")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			want := read(t, file)
			require.True(t, strings.HasPrefix(want, "# "), "the first line says why it exists")
			got := transcript(t, want)
			if *update {
				require.NoError(t, os.WriteFile(file, []byte(got), 0o644))
				return
			}
			require.Equal(t, want, got, "go test ./tests -run CasesOfCommands -update rewrites it")
		})
	}
}

// transcript runs the commands of a text, and returns the text with their current output.
func transcript(t *testing.T, text string) string {
	t.Helper()
	var out strings.Builder
	head, _, _ := strings.Cut(text, "$ ")
	out.WriteString(head)
	for line := range strings.Lines(text) {
		command, isCommand := strings.CutPrefix(line, "$ dindify ")
		if !isCommand {
			continue
		}
		words, in, hasInput := strings.Cut(strings.TrimSpace(command), " < ")
		if hasInput {
			in = read(t, in)
		}
		printed, errs, status := verb(t, in, strings.Fields(words)...)
		out.WriteString(line + printed)
		if !strings.HasSuffix(printed, "\n") && printed != "" {
			out.WriteString("[no line end]\n")
		}
		for said := range strings.Lines(errs) {
			out.WriteString("! " + said)
		}
		fmt.Fprintf(&out, "[exit %d]\n", status)
	}
	return out.String()
}
