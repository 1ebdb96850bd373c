package tests

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestNamesOfFilesDoNotControlTheTerminal checks each verb: a name may come from anybody's pull request.
func TestNamesOfFilesDoNotControlTheTerminal(t *testing.T) {
	const name = "a\x1b[31m.yaml"
	for _, args := range [][]string{
		{"audit"},
		{"audit", "--mentions"},
		{"diff"},
		{"diff", "--stat"},
		{"diff", "-o", "markdown"},
		{"explain"},
		{"explain", "-o", "markdown"},
		{"convert", "-i"},
		{"revert", "-i"},
		{"init"},
	} {
		dir := t.TempDir()
		put(t, filepath.Join(dir, "good", name), get(t, "../base/deployment.yaml"))
		put(t, filepath.Join(dir, "broken", name), "apiVersion: v1\nkind: [\n")
		for _, folder := range []string{"good", "broken"} {
			out, errs, _ := verb(t, "", append(args, filepath.Join(dir, folder))...)
			require.NotContains(t, out+errs, "\x1b", "%s %s", args, folder)
		}
	}
}
