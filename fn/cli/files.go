package cli

import (
	"fmt"
	"slices"

	"github.com/boxp/dindify/fn/atomicfile"
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

func objectsIn(items []*kube.Item) (n int) {
	for _, item := range items {
		n += item.Objects()
	}
	return n
}

func present(items []*kube.Item) []*kube.Item {
	return slices.DeleteFunc(slices.Clone(items), func(i *kube.Item) bool { return i.Gone })
}

// printed returns each file's text after a run.
func printed(files []*stream.File, items []*kube.Item) ([]*stream.Text, error) {
	added := map[string][]*kube.Item{}
	for _, item := range items {
		if item.Added && !item.Gone {
			added[item.File] = append(added[item.File], item)
		}
	}
	texts := make([]*stream.Text, len(files))
	for i, f := range files {
		text, err := f.Print(added[f.Name])
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name, err)
		}
		texts[i] = text
		delete(added, f.Name)
	}
	return texts, nil
}

// join joins the documents of several files into one stream.
func join(texts []*stream.Text) *stream.Text {
	all := &stream.Text{}
	for _, text := range texts {
		all.Append(text)
	}
	return all
}

// changed reports whether a run changed a file.
func changed(files []*stream.File, texts []*stream.Text) bool {
	for i, f := range files {
		if !texts[i].Is(f.Text()) {
			return true
		}
	}
	return false
}

// write writes texts to their files, all or none if the file system supports it. It skips unchanged files, and
// removes files that have become empty, such as kpt's files of generated objects.
func write(files []*stream.File, texts []*stream.Text) error {
	var changes []atomicfile.Change
	for i, f := range files {
		if text := texts[i].String(); text != f.Text() {
			changes = append(changes, atomicfile.Change{Name: f.Name, Old: f.Text(), New: text})
		}
	}
	if len(changes) == 0 {
		return nil
	}
	return atomicfile.Replace(changes)
}
