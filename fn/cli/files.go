package cli

import (
	"errors"
	"os"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/stream"
)

func itemsOf(files []*stream.File) []*kube.Item {
	var all []*kube.Item
	for _, f := range files {
		all = append(all, f.Items...)
	}
	return all
}

// printed is each file's text after a run.
func printed(files []*stream.File, items []*kube.Item) []*stream.Text {
	added := map[string][]*kube.Item{}
	for _, item := range items {
		if item.Added && !item.Gone {
			added[item.File] = append(added[item.File], item)
		}
	}
	texts := make([]*stream.Text, len(files))
	for i, f := range files {
		texts[i] = f.Print(added[f.Name])
		delete(added, f.Name)
	}
	return texts
}

// join makes one stream of documents of several files.
func join(texts []*stream.Text) *stream.Text {
	all := &stream.Text{}
	for _, text := range texts {
		all.Append(text)
	}
	return all
}

// write puts texts into their files, leaves files alone that are as they should be, and removes those in which nothing
// is left, such as kpt's files of generated objects.
func write(files []*stream.File, texts []*stream.Text) error {
	var errs []error
	for i, f := range files {
		if text := texts[i].String(); text != f.Text() {
			errs = append(errs, replace(f.Name, text))
		}
	}
	return errors.Join(errs...)
}

func replace(name, text string) error {
	info, err := os.Stat(name)
	switch {
	case err != nil:
		return err
	case len(text) == 0:
		return os.Remove(name)
	}
	return os.WriteFile(name, []byte(text), info.Mode().Perm())
}
