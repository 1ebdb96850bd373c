package kustomize

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/kustomize/v5/commands/build"
	"sigs.k8s.io/kustomize/kyaml/filesys"
)

// IsEmpty says whether nothing is built at all.
func (r *Result) IsEmpty() bool { return r.resources.Size() == 0 }

// YAML is what kustomize build prints.
func (r *Result) YAML() (string, error) {
	text, err := r.resources.AsYaml()
	return string(text), err
}

// File is one that kustomize build writes into a folder.
type File struct{ Name, Text string }

// Files are those that kustomize build --output writes into a folder, by name. Names of objects become names of files:
// one that leads out of the folder is an error, and so are two objects with one file.
func (r *Result) Files() ([]File, error) {
	c := &collector{FileSystem: filesys.MakeFsInMemory()}
	if err := build.MakeWriter(c).WriteIndividualFiles("", r.resources); err != nil {
		return nil, err
	}
	slices.SortFunc(c.files, func(a, b File) int { return strings.Compare(a.Name, b.Name) })
	for i, f := range c.files {
		if !filepath.IsLocal(f.Name) || filepath.Base(f.Name) != f.Name {
			return nil, fmt.Errorf("an object would be written to %q, which is not a file of the output folder: rename it, or "+
				"print to standard output", f.Name)
		}
		if i > 0 && c.files[i-1].Name == f.Name {
			return nil, fmt.Errorf("two objects would be written to %s: print to standard output", f.Name)
		}
	}
	return c.files, nil
}

// collector takes down what is written.
type collector struct {
	filesys.FileSystem
	files []File
}

// WriteFile notes a file.
func (c *collector) WriteFile(name string, text []byte) error {
	c.files = append(c.files, File{name, string(text)})
	return nil
}
