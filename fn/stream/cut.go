package stream

import (
	"bytes"
	"errors"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/document"
	"github.com/boxp/dindify/fn/manifest"
)

var errNotByLines = errors.New("the items cannot be told apart by lines")

// cut takes a ResourceList apart by its lines, as kustomize, kpt and kyaml write it: top-level keys in the first
// column, one dash for each item. Whatever looks otherwise is errNotByLines, or fails when its parts are parsed.
func cut(in []byte) (*List, error) {
	l := &List{}
	head, items, tail := l.sections(in)
	frame := bytes.Clone(head)
	if l.open != nil {
		frame = append(frame, "items: []\n"...)
	}
	var err error
	if l.frame, err = document.Parse(append(frame, tail...)); err != nil {
		return nil, err
	}
	if !isList(l.frame.Root()) {
		return nil, ErrNotAList
	}
	if inline := document.Get(l.frame.Root(), "items"); inline != nil && len(inline.Content) > 0 || inline != nil && l.open == nil && inline.Kind != yaml.SequenceNode {
		return nil, errNotByLines
	}
	if err := l.cutItems(items); err != nil {
		return nil, err
	}
	return l, nil
}

func isList(n *yaml.Node) bool {
	return document.Text(n, "kind") == "ResourceList" && strings.HasPrefix(document.Text(n, "apiVersion"), "config.kubernetes.io/")
}

// sections finds the line "items:" and the lines of the items below it.
func (l *List) sections(in []byte) (head, items, tail []byte) {
	rest, at := in, 0
	for len(rest) > 0 {
		line, next := firstLine(rest)
		if l.open == nil && isItemsKey(line) {
			l.open, head = line, in[:at]
			at += len(line)
			rest = next
			continue
		}
		if l.open != nil && !belongsToItems(line) {
			break
		}
		at, rest = at+len(line), next
	}
	if l.open == nil {
		return in, nil, nil
	}
	items = in[len(head)+len(l.open) : at]
	return head, items, in[at:]
}

// firstLine splits text after its first line end.
func firstLine(text []byte) (line, rest []byte) {
	if i := bytes.IndexByte(text, '\n'); i >= 0 {
		return text[:i+1], text[i+1:]
	}
	return text, nil
}

func isItemsKey(line []byte) bool {
	value, ok := bytes.CutPrefix(line, []byte("items:"))
	value = bytes.TrimSpace(value)
	return ok && (len(value) == 0 || value[0] == '#')
}

func belongsToItems(line []byte) bool {
	switch line[0] {
	case ' ', '#', '\n', '\r', '\t':
		return true
	case '-':
		return isDash(line, 0)
	}
	return false
}

// isDash says whether an element of a block sequence begins at the column.
func isDash(line []byte, column int) bool {
	return len(line) > column && line[column] == '-' &&
		(len(line) == column+1 || line[column+1] == ' ' || line[column+1] == '\n' || line[column+1] == '\r') &&
		len(bytes.TrimLeft(line[:column], " ")) == 0
}

// cutItems cuts at the dashes, and reads each item with a blank where its dash was.
func (l *List) cutItems(items []byte) error {
	blank := bytes.Clone(items)
	var starts []int
	at := 0
	for rest := items; len(rest) > 0; {
		line, next := firstLine(rest)
		if starts == nil {
			l.dash = len(line) - len(bytes.TrimLeft(line, " "))
		}
		if isDash(line, l.dash) {
			starts = append(starts, at)
			blank[at+l.dash] = ' '
		} else if starts == nil && len(bytes.TrimSpace(line)) > 0 && !bytes.HasPrefix(bytes.TrimSpace(line), []byte("#")) {
			return errNotByLines
		}
		at, rest = at+len(line), next
	}
	if starts == nil {
		l.open = append(bytes.Clone(l.open), items...) // comments only
		return nil
	}
	l.open = append(bytes.Clone(l.open), items[:starts[0]]...)
	texts := make([][]byte, len(starts))
	for i, start := range starts {
		end := len(items)
		if i+1 < len(starts) {
			end = starts[i+1]
		}
		l.raw, texts[i] = append(l.raw, items[start:end]), blank[start:end:end]
	}
	var err error
	if l.docs, err = parseAll(texts); err != nil {
		return err
	}
	for _, doc := range l.docs {
		l.Items = append(l.Items, newItem(doc))
	}
	return nil
}

func newItem(doc *document.Document) *manifest.Item {
	item := manifest.NewItem(doc)
	item.Locate()
	return item
}
