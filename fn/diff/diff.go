// Package diff shows what a run changes in files: as a unified diff, in colour, as figures, or as Markdown.
package diff

import (
	"bytes"

	"github.com/rogpeppe/go-internal/diff"
)

// File is a file before and after.
type File struct {
	Name          string // "" for standard input
	Before, After string
}

// Unified is the file's unified diff; "" where nothing changes.
func (f File) Unified() string {
	name := f.Name
	if name == "" {
		name = "-"
	}
	text := diff.Diff(name, []byte(f.Before), name, []byte(f.After))
	if _, body, ok := bytes.Cut(text, []byte("\n")); ok { // its first line repeats the names
		return string(body)
	}
	return ""
}

// Changed are the files that change.
func Changed(files []File) []File {
	var changed []File
	for _, f := range files {
		if f.Before != f.After {
			changed = append(changed, f)
		}
	}
	return changed
}
