package stream

import (
	"fmt"
	"strconv"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/parallel"
	"github.com/boxp/dindify/fn/pattern"
)

// Unreadable is a document that is not YAML.
type Unreadable struct {
	Text string
	Line int // 1-based first line in the file
	Err  error
}

// ReadEach is ReadFile for reading only: documents that cannot be read do not affect the others. The file cannot be
// printed.
func ReadEach(name, text string) (*File, []Unreadable) {
	f := &File{Name: name, text: text}
	if err := f.cut(); err != nil {
		return f, []Unreadable{{text, 1, err}}
	}
	items, errs := make([]*kube.Item, len(f.parts)), make([]error, len(f.parts))
	_ = parallel.For(len(f.parts), func(i int) error { // every error is kept
		items[i], errs[i] = f.readPart(i)
		return nil
	})
	var bad []Unreadable
	for i, err := range errs {
		if err != nil {
			bad = append(bad, Unreadable{f.parts[i].body, f.parts[i].line, err})
			continue
		}
		f.Items = append(f.Items, items[i])
	}
	f.parts = nil
	return f, bad
}

func (f *File) readPart(i int) (*kube.Item, error) {
	p := f.parts[i]
	item, err := kube.ReadItem(p.body)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", f.name(), inFile{err, p.line})
	}
	item.File, item.Index, item.Line = f.Name, i, p.line
	return item, nil
}

// inFile is an error of a document that gives line numbers of the file.
type inFile struct {
	error
	first int // 1-based line of the document
}

var lineNumber = pattern.Lazy(`\bline \d+`)

// Error returns the message, with line numbers of the file.
func (e inFile) Error() string {
	if !lineNumber().MatchString(e.error.Error()) {
		return fmt.Sprintf("the document that begins in line %d: %v", e.first, e.error)
	}
	return lineNumber().ReplaceAllStringFunc(e.error.Error(), func(at string) string {
		n, err := strconv.Atoi(at[len("line "):])
		if err != nil {
			return at
		}
		return fmt.Sprintf("line %d", n+e.first-1)
	})
}

// Unwrap returns the error of the document.
func (e inFile) Unwrap() error { return e.error }
