package stream

import (
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/yamldoc"
)

// Same prints the list unchanged, with the report's findings as added results.
func (l *List) Same(rep *report.Report) (*Text, error) {
	return l.print(len(l.raw), rep, func(out *Text) { out.add(l.raw...) })
}

// Print prints the list with the current items, and with the report's findings as added results.
func (l *List) Print(items []*kube.Item, rep *report.Report) (*Text, error) {
	n := 0
	for _, item := range items {
		if !item.Gone {
			n++
		}
	}
	return l.print(n, rep, func(out *Text) {
		for i, item := range items {
			if !item.Gone {
				out.endLine(l.end)
				l.printItem(out, i, item)
			}
		}
	})
}

func (l *List) printItem(out *Text, i int, item *kube.Item) {
	switch {
	case i < len(l.raw) && item.Document() == l.docs[i]:
		out.add(l.raw[i])
	case i < len(l.raw) && !item.Added && item.Document().Column() > l.dash+1:
		printDashed(out, item.Document().Text(), l.dash)
	default:
		out.add(withLineEnd(entry(item.Document().Text(), l.dash), l.end))
		out.endLine(l.end)
	}
}

// printDashed prints an item with its dash back in place: on the first line, whatever follows it.
func printDashed(out *Text, text string, column int) {
	out.add(text[:column], "-", text[column+1:])
}

// entry returns a new item, indented after a dash.
func entry(text string, column int) string {
	var out strings.Builder
	out.Grow(len(text) * 5 / 4)
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
	return out.String()
}

// print prints the frame, n items in it, and results after it.
func (l *List) print(n int, rep *report.Report, items func(*Text)) (*Text, error) {
	frame, results, err := l.withResults(rep)
	if err != nil {
		return nil, err
	}
	out := &Text{}
	if l.open == "" || n == 0 {
		out.add(frame)
	} else {
		head, tail := around(frame)
		out.add(head, l.open)
		out.endLine(l.end)
		items(out)
		if tail != "" {
			out.endLine(l.end)
		}
		out.add(tail)
	}
	if len(results) > 0 {
		out.endLine(l.end)
		out.add("results:" + l.end)
		for _, chunk := range results {
			out.add(withLineEnd(chunk, l.end))
		}
	}
	return out, nil
}

// around returns the frame before and after the line of its items.
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

// withResults returns the frame with added results. If it has none so far, it returns the frame unchanged and the
// results to print after it, since there may be thousands.
func (l *List) withResults(rep *report.Report) (frame string, results []string, err error) {
	root := l.frame.Root()
	findings := rep.All()
	switch {
	case len(findings) == 0:
		return l.frame.Text(), nil, nil
	case !slices.Contains(yamldoc.Keys(root), "results") && !strings.Contains(l.frame.Text(), "\n..."):
		results, err = printResults(findings)
		return l.frame.Text(), results, err
	}
	next, err := l.frame.Edit(func(d *yamldoc.Draft) error { return addResults(d, rep) })
	if err != nil {
		return "", nil, err
	}
	return next.Text(), nil, nil
}

// addResults appends to the results of a frame.
func addResults(d *yamldoc.Draft, rep *report.Report) error {
	n, err := d.Build(rep.Results())
	if err != nil {
		return err
	}
	earlier := yamldoc.Get(d.Root(), "results")
	if earlier == nil || earlier.Kind != yaml.SequenceNode {
		d.Set(d.Root(), "results", n)
		return nil
	}
	for _, r := range n.Content {
		d.Insert(earlier, len(earlier.Content), r)
	}
	return nil
}
