package cli

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

func excludeFlag(cmd *cobra.Command, patterns *[]string) {
	cmd.Flags().StringSliceVar(patterns, "exclude", nil, "files and folders to leave out: patterns such as vendor or "+
		"*.test.yaml")
}

// checkPatterns returns an error for a pattern that can match nothing.
func checkPatterns(patterns []string) error {
	for _, p := range patterns {
		if strings.Trim(p, "/") == "" {
			return errors.New("--exclude has an empty pattern")
		}
		if _, err := filepath.Match(p, ""); err != nil {
			return fmt.Errorf("--exclude %s: %w (https://pkg.go.dev/path/filepath#Match)", p, err)
		}
	}
	return nil
}

// excludes reports whether a pattern matches a file below a folder: its name, one of its folders, or its path from
// there.
func (in *input) excludes(folder, file string) bool {
	path, err := filepath.Rel(folder, file)
	if err != nil {
		path = file
	}
	path = filepath.ToSlash(path)
	return slices.ContainsFunc(in.exclude, func(pattern string) bool {
		pattern = strings.TrimPrefix(strings.TrimSuffix(filepath.ToSlash(pattern), "/"), "./")
		for _, name := range []string{path, filepath.ToSlash(filepath.Clean(file))} {
			if ok, _ := filepath.Match(pattern, name); ok || strings.HasPrefix(name, pattern+"/") {
				return true
			}
		}
		return slices.ContainsFunc(strings.Split(path, "/"), func(part string) bool {
			ok, _ := filepath.Match(pattern, part)
			return ok
		})
	})
}
