package tests

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestEmptyAndMalformedArgumentsAreErrors: an unset variable of a shell, or a pattern that matches nothing, must not
// look like a run with the defaults.
func TestEmptyAndMalformedArgumentsAreErrors(t *testing.T) {
	dir := t.TempDir()
	input, empty := filepath.Join(dir, "input.yaml"), filepath.Join(dir, "empty.yaml")
	null := filepath.Join(dir, "null.yaml")
	put(t, input, deployment)
	put(t, empty, "# nothing\n")
	put(t, null, "null\n")
	for _, c := range []struct {
		says string
		args []string
	}{
		{"the name of the file is empty", []string{"convert", "-c", "", input}},
		{"the name of the file is empty", []string{"diff", "--config=", input}},
		{"the name of the file is empty", []string{"build", "-c", "", dir}},
		{"empty.yaml: is empty", []string{"convert", "-c", empty, input}},
		{"null.yaml: is empty", []string{"convert", "-c", null, input}},
		{"null.yaml: is empty", []string{"build", "-c", null, "../base"}},
		{"an argument is empty", []string{"convert", ""}},
		{"an argument is empty", []string{"audit", ""}},
		{"--exclude a[.yaml: syntax error", []string{"convert", "--exclude", "a[.yaml", dir}},
		{"--exclude has an empty pattern", []string{"audit", "--exclude", "vendor,", dir}},
		{"the name of the file is empty", []string{"audit", "--baseline", "", dir}},
		{"the name of the file is empty", []string{"audit", "--write-baseline=", dir}},
		{"--exclude a[.yaml: syntax error", []string{"audit", "--exclude", "a[.yaml", dir}},
		{"the verb convert must stand before --", []string{"--", "convert", input}},
	} {
		out, errs, status := verb(t, "", c.args...)
		require.NotZero(t, status, c.args)
		require.Empty(t, out, c.args)
		require.Contains(t, errs, c.says, c.args)
	}
}
