package plugin

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/boxp/dindify/fn/verify"
)

// readManifests reads the arguments of -f: files, folders (recursively), and - for standard input.
func (c *command) readManifests() error {
	for _, name := range c.files {
		if name == "-" {
			found, err := verify.ReadManifests("standard input", c.In)
			if err != nil {
				return err
			}
			c.Manifests = append(c.Manifests, found...)
			continue
		}
		if strings.Contains(name, "://") {
			return fmt.Errorf("-f %s: verify reads no URL: fetch it and use -f -", name)
		}
		paths, err := manifestsBelow(name)
		if err != nil {
			return err
		}
		for _, path := range paths {
			if err := c.readFile(path); err != nil {
				return err
			}
		}
	}
	if len(c.files) > 0 && len(c.Manifests) == 0 {
		return fmt.Errorf("no objects in -f %s", strings.Join(c.files, ", "))
	}
	return nil
}

// manifestsBelow returns the file itself, or the YAML and JSON files of a folder.
func manifestsBelow(name string) (paths []string, err error) {
	err = filepath.WalkDir(name, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() && (path == name || slices.Contains([]string{".yaml", ".yml", ".json"},
			filepath.Ext(path))) {
			paths = append(paths, path)
		}
		return err
	})
	return paths, err
}

func (c *command) readFile(path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }() // opened for reading only
	found, err := verify.ReadManifests(path, file)
	c.Manifests = append(c.Manifests, found...)
	return err
}

// checkNamespaces refuses objects of another namespace than that of -n, as kubectl apply does.
func (c *command) checkNamespaces() error {
	if !c.given("namespace") {
		return nil
	}
	for _, m := range c.Manifests {
		if m.Namespace != "" && m.Namespace != c.Namespace {
			return fmt.Errorf("%s is in namespace %s, and -n says %s: omit -n", m, m.Namespace, c.Namespace)
		}
	}
	return nil
}
