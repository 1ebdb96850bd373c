package starter

import (
	"os"
	"path/filepath"
	"slices"

	"sigs.k8s.io/kustomize/api/konfig"
)

// Kind is the kind of a source.
type Kind int

// Values of Kind.
const (
	Manifests     Kind = iota // a folder of plain manifests, or one file
	Kustomization             // a folder that kustomize builds
	Package                   // a folder that kpt renders
	Stream                    // standard input, from another program
)

// String names the kind of a folder.
func (k Kind) String() string {
	return map[Kind]string{Manifests: "folder", Kustomization: "kustomization", Package: "kpt package"}[k]
}

// Source is the input of a configuration, and its output folder.
type Source struct {
	Kind    Kind
	Path    string   // the folder or file; "-" is standard input
	Out     string   // the output folder; "" prints
	Args    []string // flags that the next commands need, too
	Listed  bool     // a kustomization that this one builds lists dindify
	Command []string // the program that prints the stream, and its arguments; nil if it is not known
	Helm    bool     // the stream is the output of helm template
	Helm4   bool     // the program is Helm 4 or later, whose post-renderers are plugins
}

// Of returns the source at an existing path. Without out, the configuration goes beside it.
func Of(path, out string) Source {
	s := Source{Kind: Manifests, Path: path, Out: out}
	switch {
	case path == "-":
		s.Kind = Stream
		return s
	case IsKustomization(path):
		s.Kind = Kustomization
	case IsPackage(path):
		s.Kind = Package
	}
	if s.Out == "" {
		s.Out = Folder(path)
	}
	return s
}

// Folder is the folder of a file, a folder or "-". The reader says what is wrong with a path that is not
// there.
func Folder(path string) string {
	if path == "-" {
		return "."
	}
	if info, err := os.Stat(path); err == nil && !info.IsDir() {
		return filepath.Dir(path)
	}
	return path
}

// IsKustomization reports whether kustomize builds the folder.
func IsKustomization(dir string) bool { return KustomizationFile(dir) != "" }

// KustomizationFile returns the file that makes a folder a kustomization, or "".
func KustomizationFile(dir string) string {
	names := konfig.RecognizedKustomizationFileNames()
	if i := slices.IndexFunc(names, func(name string) bool { return has(dir, name) }); i >= 0 {
		return filepath.Join(dir, names[i])
	}
	return ""
}

// IsPackage reports whether kpt renders the folder.
func IsPackage(dir string) bool { return has(dir, "Kptfile") }

// IsChart reports whether a folder is a Helm chart.
func IsChart(dir string) bool { return has(dir, "Chart.yaml") }

func has(dir, name string) bool {
	_, err := os.Stat(filepath.Join(dir, name))
	return err == nil
}
