package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/fn/framework"

	"github.com/boxp/dindify/fn/manifest"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/stream"
)

// readFiles reads what the arguments name: files, folders with all that is below them, "-" for standard input, which
// is also what no argument means. A file of a folder that is not YAML, such as a Helm template, is passed over with a
// warning; one that is named is an error.
func readFiles(s Streams, args []string, rep *report.Report) ([]*stream.File, error) {
	if len(args) == 0 {
		args = []string{"-"}
	}
	var files []*stream.File
	for _, arg := range args {
		more, err := readArg(s, arg, rep)
		if err != nil {
			return nil, err
		}
		files = append(files, more...)
	}
	return files, nil
}

func readArg(s Streams, arg string, rep *report.Report) ([]*stream.File, error) {
	if arg == "-" {
		text, err := io.ReadAll(s.In)
		if err != nil {
			return nil, fmt.Errorf("cannot read standard input: %w", err)
		}
		return one(stream.ReadFile("", text))
	}
	info, err := os.Stat(arg)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		return one(readFile(arg))
	}
	var files []*stream.File
	err = filepath.WalkDir(arg, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && path != arg && strings.HasPrefix(d.Name(), "."):
			return filepath.SkipDir
		case !d.Type().IsRegular() || !slices.Contains([]string{".yaml", ".yml", ".json"}, filepath.Ext(path)):
			return nil
		}
		f, err := readFile(path)
		if err != nil {
			rep.Add(report.Finding{Severity: framework.Warning, Reason: report.Because(report.FileSkipped, "passed over: %v", err)})
			return nil
		}
		files = append(files, f)
		return nil
	})
	return files, err
}

func one(f *stream.File, err error) ([]*stream.File, error) { return []*stream.File{f}, err }

func readFile(path string) (*stream.File, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return stream.ReadFile(path, text)
}

func itemsOf(files []*stream.File) []*manifest.Item {
	var all []*manifest.Item
	for _, f := range files {
		all = append(all, f.Items...)
	}
	return all
}

// printed is each file's text after a run.
func printed(files []*stream.File, items []*manifest.Item) [][]byte {
	added := map[string][]*manifest.Item{}
	for _, item := range items {
		if item.Added && !item.Gone {
			added[item.File] = append(added[item.File], item)
		}
	}
	texts := make([][]byte, len(files))
	for i, f := range files {
		texts[i] = f.Print(added[f.Name])
		delete(added, f.Name)
	}
	return texts
}

// join makes one stream of documents of several files.
func join(texts [][]byte) []byte {
	var out []byte
	for _, text := range texts {
		if len(out) > 0 {
			if out[len(out)-1] != '\n' {
				out = append(out, '\n')
			}
			if !strings.HasPrefix(string(text), "---") {
				out = append(out, "---\n"...)
			}
		}
		out = append(out, text...)
	}
	return out
}

// write puts texts into their files, leaves files alone that are as they should be, and removes those in which nothing
// is left, such as kpt's files of generated objects.
func write(files []*stream.File, texts [][]byte) error {
	var errs []error
	for i, f := range files {
		if string(texts[i]) == string(f.Text()) {
			continue
		}
		errs = append(errs, replace(f.Name, texts[i]))
	}
	return errors.Join(errs...)
}

func replace(name string, text []byte) error {
	info, err := os.Stat(name)
	switch {
	case err != nil:
		return err
	case len(text) == 0:
		return os.Remove(name)
	}
	return os.WriteFile(name, text, info.Mode().Perm())
}
