// Package stream reads what hosts and files hold, and writes it again: bytes of what no run has touched go through as
// they are, whatever an encoder would have made of them.
package stream

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/fn/framework"
	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/document"
	"github.com/boxp/dindify/fn/manifest"
)

// List is a ResourceList, the input and output of a KRM function (config.kubernetes.io/v1, v1beta1 and v1alpha1).
type List struct {
	Items []*manifest.Item

	frame *document.Document // everything but the items; they are "items: []" in it
	raw   [][]byte           // of each item, its dash included
	docs  []*document.Document
	open  []byte // the line "items:", "" where the input has none
	dash  int    // column of the items' dashes
}

// ErrNotAList is returned for input that is no ResourceList.
var ErrNotAList = errors.New("the input is not a ResourceList (apiVersion config.kubernetes.io/v1), which is what a KRM function gets from its host; for plain manifests there is dindify convert FILE")

// ReadList reads a ResourceList. It fails on bad YAML, in the items too.
func ReadList(in []byte) (*List, error) {
	l, err := cut(in)
	if err == nil {
		return l, nil
	}
	if errors.Is(err, ErrNotAList) {
		return nil, err
	}
	plain, err := normalize(in)
	if err != nil {
		return nil, err
	}
	return cut(plain)
}

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

// normalize prints a ResourceList as kyaml does: JSON, flow style, anchors across items.
func normalize(in []byte) ([]byte, error) {
	doc, err := document.Parse(in)
	if err != nil {
		return nil, fmt.Errorf("the input is not YAML: %w", err)
	}
	root := doc.Root()
	if !isList(root) {
		return nil, ErrNotAList
	}
	if items := document.Get(root, "items"); items != nil && items.Kind != yaml.SequenceNode {
		return nil, fmt.Errorf("items of the ResourceList must be a list (line %d)", items.Line)
	}
	if _, err := doc.Expand(); err != nil {
		return nil, err
	}
	unflow(root)
	return yaml.MarshalWithOptions(root, &yaml.EncoderOptions{SeqIndent: yaml.CompactSequenceStyle})
}

// unflow turns braces and brackets into lines, and takes the anchors off that nothing refers to any more.
func unflow(n *yaml.Node) {
	n.Anchor = ""
	if len(n.Content) > 0 {
		n.Style &^= yaml.FlowStyle
	}
	for _, c := range n.Content {
		unflow(c)
	}
}

// Config is the functionConfig; nil where the host gives none.
func (l *List) Config() *yaml.Node { return document.Get(l.frame.Root(), "functionConfig") }

// Same prints the list as it came in, with more results.
func (l *List) Same(results framework.Results) ([]byte, error) {
	return l.print(bytes.Join(l.raw, nil), len(l.raw), results)
}

// Print prints the list with the items as they are now, and more results.
func (l *List) Print(items []*manifest.Item, results framework.Results) ([]byte, error) {
	var out bytes.Buffer
	n := 0
	for i, item := range items {
		if item.Gone {
			continue
		}
		n++
		endLine(&out)
		switch {
		case i < len(l.raw) && item.Document() == l.docs[i]:
			out.Write(l.raw[i])
		case i < len(l.raw) && !item.Added && item.Document().Root().Column > l.dash+1:
			out.Write(dashed(item.Document().Text(), l.dash))
		default:
			out.Write(entry(item.Document().Text(), l.dash))
		}
	}
	return l.print(out.Bytes(), n, results)
}

// endLine lets what follows begin on a line of its own.
func endLine(out *bytes.Buffer) {
	if b := out.Bytes(); len(b) > 0 && b[len(b)-1] != '\n' {
		out.WriteByte('\n')
	}
}

// dashed puts the dash back before the first key of an item that was read in its place.
func dashed(text []byte, column int) []byte {
	out := bytes.Clone(text)
	at := 0
	for rest := out; len(rest) > 0; {
		line, next := firstLine(rest)
		if body := bytes.TrimSpace(line); len(body) > 0 && body[0] != '#' {
			out[at+column] = '-'
			return out
		}
		at, rest = at+len(line), next
	}
	return out
}

// entry indents the text of a new item.
func entry(text []byte, column int) []byte {
	margin := strings.Repeat(" ", column)
	lines := strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
	for i, line := range lines {
		switch {
		case i == 0:
			lines[i] = margin + "- " + line
		case line != "":
			lines[i] = margin + "  " + line
		}
	}
	return []byte(strings.Join(lines, "\n") + "\n")
}

// print puts the items into the frame.
func (l *List) print(items []byte, n int, results framework.Results) ([]byte, error) {
	frame, err := l.withResults(results)
	if err != nil {
		return nil, err
	}
	if l.open == nil || n == 0 {
		return frame, nil
	}
	head, tail := around(frame)
	var out bytes.Buffer
	out.Grow(len(frame) + len(items) + 64)
	out.Write(head)
	out.Write(l.open)
	endLine(&out)
	out.Write(items)
	if len(tail) > 0 {
		endLine(&out)
	}
	out.Write(tail)
	return out.Bytes(), nil
}

// around is the frame before and after its line of items.
func around(frame []byte) (head, tail []byte) {
	at := 0
	for rest := frame; len(rest) > 0; {
		line, next := firstLine(rest)
		if bytes.HasPrefix(line, []byte("items: []")) {
			return frame[:at], next
		}
		at, rest = at+len(line), next
	}
	return frame, nil
}

// withResults is the frame with more results behind those that are there.
func (l *List) withResults(results framework.Results) ([]byte, error) {
	root := l.frame.Root()
	earlier := document.Get(root, "results")
	switch {
	case len(results) == 0:
		return l.frame.Text(), nil
	case !slices.Contains(document.Keys(root), "results") && !bytes.Contains(l.frame.Text(), []byte("\n...")):
		return l.appendResults(results)
	}
	n, err := document.Build(results)
	if err != nil {
		return nil, err
	}
	if earlier == nil || earlier.Kind != yaml.SequenceNode {
		l.frame.Set(root, "results", n)
	} else {
		for _, r := range n.Content {
			l.frame.Insert(earlier, len(earlier.Content), r)
		}
	}
	next, err := l.frame.Render()
	if err != nil {
		return nil, err
	}
	return next.Text(), nil
}

// appendResults writes results behind a frame that has none, without a look at the rest of it: there may be thousands.
func (l *List) appendResults(results framework.Results) ([]byte, error) {
	out := bytes.NewBuffer(bytes.Clone(l.frame.Text()))
	endLine(out)
	out.WriteString("results:\n")
	for _, r := range results {
		text, err := document.Encode([]*framework.Result{r}, false)
		if err != nil {
			return nil, err
		}
		out.Write(text)
	}
	return out.Bytes(), nil
}
