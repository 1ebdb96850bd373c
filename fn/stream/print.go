package stream

import (
	"bytes"
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/fn/framework"
	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/document"
	"github.com/boxp/dindify/fn/manifest"
)

// Same prints the list as it came in, with more results.
func (l *List) Same(results framework.Results) ([]byte, error) {
	size := 0
	for _, raw := range l.raw {
		size += len(raw)
	}
	return l.print(len(l.raw), size, results, func(out *bytes.Buffer) {
		for _, raw := range l.raw {
			out.Write(raw)
		}
	})
}

// Print prints the list with the items as they are now, and more results.
func (l *List) Print(items []*manifest.Item, results framework.Results) ([]byte, error) {
	n, size := room(items)
	return l.print(n, size, results, func(out *bytes.Buffer) {
		for i, item := range items {
			if !item.Gone {
				endLine(out)
				l.printItem(out, i, item)
			}
		}
	})
}

func (l *List) printItem(out *bytes.Buffer, i int, item *manifest.Item) {
	switch {
	case i < len(l.raw) && item.Document() == l.docs[i]:
		out.Write(l.raw[i])
	case i < len(l.raw) && !item.Added && item.Document().Column() > l.dash+1:
		out.Write(dashed(item.Document().Text(), l.dash))
	default:
		writeEntry(out, item.Document().Text(), l.dash)
	}
}

// room is how many items there are, and about how long they will be: a buffer that doubles is twice what it holds.
func room(items []*manifest.Item) (n, size int) {
	for _, item := range items {
		if !item.Gone {
			n, size = n+1, size+len(item.Document().Text())*5/4
		}
	}
	return n, size
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

// writeEntry prints a new item, indented.
func writeEntry(out *bytes.Buffer, text []byte, column int) {
	margin := strings.Repeat(" ", column)
	first := true
	for line := range bytes.Lines(text) {
		switch {
		case first:
			out.WriteString(margin + "- ")
		case len(line) > 1:
			out.WriteString(margin + "  ")
		}
		first = false
		out.Write(line)
	}
	endLine(out)
}

// print prints the frame, and n items in it, of about that size.
func (l *List) print(n, size int, results framework.Results, items func(*bytes.Buffer)) ([]byte, error) {
	frame, err := l.withResults(results)
	if err != nil {
		return nil, err
	}
	if l.open == nil || n == 0 {
		return frame, nil
	}
	head, tail := around(frame)
	var out bytes.Buffer
	out.Grow(len(frame) + len(l.open) + size + 2)
	out.Write(head)
	out.Write(l.open)
	endLine(&out)
	items(&out)
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
	if err := printResults(out, results); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
