package cli

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/boxp/dindify/fn/audit"
)

// writeBaseline writes the rows to a baseline file.
func writeBaseline(name string, rows []audit.Row) error {
	var text strings.Builder
	if err := audit.WriteBaseline(&text, rows); err != nil {
		return err
	}
	return os.WriteFile(name, []byte(text.String()), 0o644)
}

// nameIn returns how a baseline names files, however they are spelled in arguments: by their path from its folder if
// they are below it, and otherwise from the working directory. Without a baseline, "", all are from there.
func nameIn(baseline string) func(file string) string {
	real, folder, working := resolver{}, "", realFolder(".")
	if baseline != "" {
		folder = filepath.Dir(real.inFolder(baseline))
	}
	return func(name string) string {
		if name == "" {
			return "" // standard input
		}
		at := real.inFolder(name)
		if below, err := filepath.Rel(folder, at); err == nil && folder != "" && filepath.IsLocal(below) {
			return filepath.ToSlash(below)
		}
		if path, err := filepath.Rel(working, at); err == nil {
			at = path
		}
		return filepath.ToSlash(at)
	}
}
