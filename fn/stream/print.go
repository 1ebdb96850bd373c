package stream

import (
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/document"
	"github.com/boxp/dindify/fn/manifest"
	"github.com/boxp/dindify/fn/report"
)

// Same prints the list as it came in, with what the report says as more results.
func (l *List) Same(rep *report.Report) (string, error) {
	size := 0
	for _, raw := range l.raw {
		size += len(raw)
	}
	return l.print(len(l.raw), size, rep, func(out *builder) {
		for _, raw := range l.raw {
			out.WriteString(raw)
		}
	})
}

// Print prints the list with the items as they are now, and with what the report says as more results.
func (l *List) Print(items []*manifest.Item, rep *report.Report) (string, error) {
	n, size := room(items)
	return l.print(n, size, rep, func(out *builder) {
		for i, item := range items {
			if !item.Gone {
				out.endLine()
				l.printItem(out, i, item)
			}
		}
	})
}

func (l *List) printItem(out *builder, i int, item *manifest.Item) {
	switch {
	case i < len(l.raw) && item.Document() == l.docs[i]:
		out.WriteString(l.raw[i])
	case i < len(l.raw) && !item.Added && item.Document().Column() > l.dash+1:
		writeDashed(out, item.Document().Text(), l.dash)
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

// writeDashed prints an item that was read in its place, with the dash back before its first key.
func writeDashed(out *builder, text string, column int) {
	at := 0
	for rest := text; rest != ""; {
		line, next := firstLine(rest)
		if body := strings.TrimSpace(line); body != "" && body[0] != '#' {
			out.WriteString(text[:at+column])
			out.WriteByte('-')
			out.WriteString(text[at+column+1:])
			return
		}
		at, rest = at+len(line), next
	}
	out.WriteString(text)
}

// writeEntry prints a new item, indented.
func writeEntry(out *builder, text string, column int) {
	margin := strings.Repeat(" ", column)
	first := true
	for line := range strings.Lines(text) {
		switch {
		case first:
			out.WriteString(margin)
			out.WriteString("- ")
		case len(line) > 1:
			out.WriteString(margin)
			out.WriteString("  ")
		}
		first = false
		out.WriteString(line)
	}
	out.endLine()
}

// print prints the frame, and n items in it, of about that size.
func (l *List) print(n, size int, rep *report.Report, items func(*builder)) (string, error) {
	frame, err := l.withResults(rep)
	if err != nil {
		return "", err
	}
	if l.open == "" || n == 0 {
		return frame, nil
	}
	head, tail := around(frame)
	var out builder
	out.Grow(len(frame) + len(l.open) + size + 2)
	out.WriteString(head)
	out.WriteString(l.open)
	out.endLine()
	items(&out)
	if tail != "" {
		out.endLine()
	}
	out.WriteString(tail)
	return out.String(), nil
}

// around is the frame before and after its line of items.
func around(frame string) (head, tail string) {
	at := 0
	for rest := frame; rest != ""; {
		line, next := firstLine(rest)
		if strings.HasPrefix(line, "items: []") {
			return frame[:at], next
		}
		at, rest = at+len(line), next
	}
	return frame, ""
}

// withResults is the frame with more results behind those that are there.
func (l *List) withResults(rep *report.Report) (string, error) {
	root := l.frame.Root()
	earlier := document.Get(root, "results")
	switch {
	case len(rep.Findings) == 0:
		return l.frame.Text(), nil
	case !slices.Contains(document.Keys(root), "results") && !strings.Contains(l.frame.Text(), "\n..."):
		return l.appendResults(rep.Findings)
	}
	n, err := document.Build(rep.Results())
	if err != nil {
		return "", err
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
		return "", err
	}
	return next.Text(), nil
}

// appendResults writes results behind a frame that has none, without a look at the rest of it: there may be thousands.
func (l *List) appendResults(findings []report.Finding) (string, error) {
	results, err := printResults(findings)
	if err != nil {
		return "", err
	}
	var out builder
	out.Grow(len(l.frame.Text()) + len("\nresults:\n") + len(results))
	out.WriteString(l.frame.Text())
	out.endLine()
	out.WriteString("results:\n")
	out.WriteString(results)
	return out.String(), nil
}
