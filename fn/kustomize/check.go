package kustomize

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/api/konfig"
	"sigs.k8s.io/kustomize/api/provider"
	"sigs.k8s.io/kustomize/api/resource"
	"sigs.k8s.io/kustomize/api/types"
	"sigs.k8s.io/kustomize/kyaml/filesys"
	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// checkingFS is the file system that kustomize reads from. It returns a kustomization only if every function that it
// names is known to be dindify or built into kustomize.
type checkingFS struct {
	filesys.FileSystem
	builder *builder

	extra    string // functionConfig to append to the first kustomization that is read, the top one
	appended bool

	roots   map[string][]string // of a file without symbolic links: the folders whose kustomization it is
	pending []string            // folders of function configurations that are not checked yet
	listed  bool
	refused error // why a kustomization was refused; kustomize's own error hides it
}

// extraFile is the name of the extra functionConfig in the top kustomization: kustomize runs the functions of files
// after those written in the kustomization itself.
const extraFile = ".dindify-command-line.yaml"

// CleanedAbs is called by kustomize to resolve symbolic links before it reads: a kustomization may have any name
// afterwards.
func (fs *checkingFS) CleanedAbs(path string) (filesys.ConfirmedDir, string, error) {
	if filepath.Base(path) == extraFile {
		dir, _, err := fs.FileSystem.CleanedAbs(filepath.Dir(path))
		return dir, extraFile, err
	}
	dir, file, err := fs.FileSystem.CleanedAbs(path)
	if err == nil && file != "" && isKustomization(path) {
		real := dir.Join(file)
		fs.roots[real] = append(fs.roots[real], filepath.Dir(path))
	}
	return dir, file, err
}

// ReadFile reads a file. It fails for a kustomization that names other functions.
func (fs *checkingFS) ReadFile(path string) ([]byte, error) {
	if filepath.Base(path) == extraFile {
		return []byte(fs.extra), nil
	}
	text, err := fs.FileSystem.ReadFile(path)
	if err != nil {
		return nil, err
	}
	roots := fs.roots[path]
	if isKustomization(path) {
		roots = append(slices.Clone(roots), filepath.Dir(path))
	}
	for _, root := range roots {
		if err := fs.check(root, text); err != nil {
			if fs.refused == nil {
				fs.refused = err
			}
			return nil, err
		}
	}
	if fs.builder.off && len(roots) > 0 {
		return fs.withoutMissing(roots[0], text)
	}
	if fs.extra != "" && !fs.appended && len(roots) > 0 {
		fs.appended = true
		return appendTransformer(text, extraFile)
	}
	return text, nil
}

func isKustomization(path string) bool {
	return slices.Contains(konfig.RecognizedKustomizationFileNames(), filepath.Base(path))
}

// check checks the functions of a kustomization in the same places as kustomize: objects in the kustomization, in a
// file, or built from a folder.
func (fs *checkingFS) check(root string, text []byte) error {
	var k types.Kustomization
	if k.Unmarshal(text) != nil {
		return nil //nolint:nilerr // kustomize says it
	}
	for _, entry := range slices.Concat(k.Generators, k.Transformers, k.Validators) {
		if err := fs.checkEntry(root, entry); err != nil {
			return fmt.Errorf("%s: %w", root, err)
		}
	}
	return nil
}

// checkEntry checks an entry as an object, and as a path: kustomize takes it as a path if it refuses the object, and a
// file can have any name.
func (fs *checkingFS) checkEntry(root, entry string) error {
	objects, notObjects := parse([]byte(entry))
	path := filepath.Join(root, entry)
	text, notFile := fs.FileSystem.ReadFile(path)
	switch {
	case notFile == nil:
		inFile, err := parse(text)
		if err != nil {
			return nil //nolint:nilerr // kustomize says it
		}
		objects = append(objects, inFile...)
	case notObjects == nil:
	case fs.IsDir(path):
		if !fs.builder.checked[path] {
			fs.pending = append(fs.pending, path)
			return fmt.Errorf("%s is not checked yet", path)
		}
	default:
		return fmt.Errorf("%q is neither a file nor a folder here: functions of a remote repository do not run in "+
			"dindify build", entry)
	}
	for _, o := range objects {
		ours, err := isOurs(&o.RNode)
		if err != nil {
			return err
		}
		fs.listed = fs.listed || ours
	}
	return nil
}

// parse reads objects as kustomize does, except for their ids: an id needs kustomize's OpenAPI schema, which is global,
// and a kustomization could not replace it afterwards.
func parse(text []byte) ([]*resource.Resource, error) {
	return provider.NewDefaultDepProvider().GetResourceFactory().SliceFromBytes(text)
}

// appendTransformer adds a path to the transformers of a kustomization.
func appendTransformer(kustomization []byte, path string) ([]byte, error) {
	n, err := yaml.Parse(string(kustomization))
	if err != nil {
		return kustomization, nil //nolint:nilerr // kustomize says it
	}
	if err := n.PipeE(
		yaml.LookupCreate(yaml.SequenceNode, "transformers"),
		yaml.Append(yaml.NewStringRNode(path).YNode()),
	); err != nil {
		return nil, err
	}
	text, err := n.String()
	return []byte(text), err
}

// withoutMissing removes the component that init writes, if it is listed and not there yet.
func (fs *checkingFS) withoutMissing(root string, kustomization []byte) ([]byte, error) {
	n, err := yaml.Parse(string(kustomization))
	if err != nil {
		return kustomization, nil //nolint:nilerr // kustomize says it
	}
	list, err := n.Pipe(yaml.Lookup("components"))
	if err != nil || list == nil {
		return kustomization, nil //nolint:nilerr // kustomize says it
	}
	isMissing := func(entry *yaml.Node) bool {
		path := filepath.Clean(entry.Value)
		isFolder := path == program || filepath.Base(path) == program && strings.HasPrefix(path, "..") // not a repository
		return isFolder && !fs.Exists(filepath.Join(root, path))
	}
	if !slices.ContainsFunc(list.Content(), isMissing) {
		return kustomization, nil
	}
	list.YNode().Content = slices.DeleteFunc(list.YNode().Content, isMissing)
	text, err := n.String()
	return []byte(text), err
}
