package kustomize

import (
	"path/filepath"
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/api/konfig"
	"sigs.k8s.io/kustomize/kyaml/filesys"
	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/yamldoc"
)

// withoutUs is a file system in which no kustomization names dindify as a transformer, so that it runs once: in this
// process, at the end.
type withoutUs struct {
	filesys.FileSystem
	configs  []*yaml.Node
	replaces []string // kustomizations with replacements
}

// ReadFile reads a file; of a kustomization's transformers, those that are dindify's functionConfig are left out.
func (fs *withoutUs) ReadFile(path string) ([]byte, error) {
	text, err := fs.FileSystem.ReadFile(path)
	if err != nil || !slices.Contains(konfig.RecognizedKustomizationFileNames(), filepath.Base(path)) {
		return text, err
	}
	doc, err := yamldoc.Parse(string(text))
	if err != nil {
		return text, nil //nolint:nilerr // kustomize says it better
	}
	if len(yamldoc.Items(doc.Root(), "replacements")) > 0 {
		fs.replaces = append(fs.replaces, path)
	}
	list := yamldoc.Get(doc.Root(), "transformers")
	for _, entry := range slices.Clone(yamldoc.Items(list)) {
		if config := fs.functionConfig(filepath.Dir(path), entry.Value); config != nil {
			fs.configs = append(fs.configs, config)
			doc.Remove(list, entry)
		}
	}
	if list != nil && len(list.Content) == 0 {
		doc.Delete(doc.Root(), "transformers")
	}
	edited, err := doc.Render()
	if err != nil {
		return nil, err
	}
	return []byte(edited.Text()), nil
}

// functionConfig reads an entry of transformers, which is a path or the object itself; nil where it is not dindify's.
func (fs *withoutUs) functionConfig(dir, entry string) *yaml.Node {
	text := []byte(entry)
	if !strings.Contains(entry, "\n") {
		var err error
		if text, err = fs.FileSystem.ReadFile(filepath.Join(dir, entry)); err != nil {
			return nil
		}
	}
	doc, err := yamldoc.Parse(string(text))
	if err != nil || !isOurs(doc.Root()) && !runsUs(doc.Root()) {
		return nil
	}
	return doc.Root()
}

func isOurs(n *yaml.Node) bool {
	return yamldoc.Text(n, "kind") == "DinD" && strings.HasPrefix(yamldoc.Text(n, "apiVersion"), "dindify.dev/")
}

// runsUs is true of a ConfigMap that kustomize hands to dindify.
func runsUs(n *yaml.Node) bool {
	function := yamldoc.Text(n, "metadata", "annotations", "config.kubernetes.io/function")
	return yamldoc.Text(n, "kind") == "ConfigMap" && strings.Contains(function, "dindify")
}
