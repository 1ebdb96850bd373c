// Package diff shows the changes of a run to files: as a unified diff, in color, as statistics, or as Markdown.
package diff

import (
	"bytes"

	"github.com/rogpeppe/go-internal/diff"
)

// File is a file before and after a run.
type File struct {
	Name          string // "" for standard input
	Before, After string
}

// Unified returns the file's unified diff, or "" if nothing changes.
func (f File) Unified() string {
	name := f.shownName("-")
	text := diff.Diff(name, []byte(f.Before), name, []byte(f.After))
	if _, body, ok := bytes.Cut(text, []byte("\n")); ok { // the first line repeats the names
		return string(body)
	}
	return ""
}

// Changed returns the files that change.
func Changed(files []File) []File {
	var changed []File
	for _, f := range files {
		if f.Before != f.After {
			changed = append(changed, f)
		}
	}
	return changed
}
