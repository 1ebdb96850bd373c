package cli

import (
	"errors"
	"fmt"
	"path"
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

// excludes reports whether a pattern matches a file below a folder: its path from there or from the working directory,
// that of one of its folders, or one of their names.
func (in *input) excludes(folder, file string) bool {
	below, err := filepath.Rel(folder, file)
	if err != nil {
		below = file
	}
	return slices.ContainsFunc(in.exclude, func(pattern string) bool {
		pattern = strings.TrimPrefix(strings.TrimSuffix(filepath.ToSlash(pattern), "/"), "./")
		matches := func(name string) bool {
			ok, _ := path.Match(pattern, name)
			return ok
		}
		return slices.ContainsFunc(pathsAbove(below), matches) || slices.ContainsFunc(pathsAbove(file), matches) ||
			slices.ContainsFunc(strings.Split(filepath.ToSlash(below), "/"), matches)
	})
}

// pathsAbove returns a path and those of the folders that it is in.
func pathsAbove(file string) (all []string) {
	for p := path.Clean(filepath.ToSlash(file)); p != "." && p != "/"; p = path.Dir(p) {
		all = append(all, p)
	}
	return all
}
