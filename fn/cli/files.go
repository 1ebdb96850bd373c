package cli

import (
	"errors"
	"os"
	"strings"

	"github.com/boxp/dindify/fn/manifest"
	"github.com/boxp/dindify/fn/stream"
)

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
