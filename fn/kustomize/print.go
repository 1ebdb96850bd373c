package kustomize

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/api/resource"
	"sigs.k8s.io/kustomize/kustomize/v5/commands/build"
	"sigs.k8s.io/kustomize/kyaml/filesys"

	"github.com/boxp/dindify/fn/function"
)

// IsEmpty reports whether the build has no objects.
func (r *Result) IsEmpty() bool { return r.resources.Size() == 0 }

// HasMarker reports whether the object that shows that the function ran is left: nothing deletes it.
func (r *Result) HasMarker() bool {
	return slices.ContainsFunc(r.resources.Resources(), func(o *resource.Resource) bool {
		return o.GetKind() == function.MarkerKind
	})
}

// YAML returns the output of kustomize build.
func (r *Result) YAML() (string, error) {
	text, err := r.resources.AsYaml()
	return string(text), err
}

// File is a file that kustomize build --output writes.
type File struct{ Name, Text string }

// Files returns the files that kustomize build --output writes into a folder, by name. File names come from object
// names: it is an error if one is outside of the folder, or if two objects have the same file.
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

// collector collects the files that kustomize writes.
type collector struct {
	filesys.FileSystem
	files []File
}

// WriteFile records a file.
func (c *collector) WriteFile(name string, text []byte) error {
	c.files = append(c.files, File{name, string(text)})
	return nil
}
