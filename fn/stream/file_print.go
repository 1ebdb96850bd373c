package stream

import (
	"strings"

	"github.com/boxp/dindify/fn/kube"
)

// Print prints the file with its current items, and with the added ones. It ends in a line break if the file did.
func (f *File) Print(added []*kube.Item) (*Text, error) {
	if f.json != nil {
		return f.printJSON(added)
	}
	out := &Text{}
	for i, item := range f.Items {
		if item.Gone {
			continue
		}
		if p := f.parts[i]; p.glue != "" && !f.opens(p, out.Len()) {
			if strings.TrimSpace(p.glue) != "" { // otherwise the text between JSON documents
				out.endLine(f.lineEnd())
			}
			out.add(p.glue)
		}
		body, err := f.bodyOf(i)
		if err != nil {
			return nil, err
		}
		out.add(body, f.parts[i].tail)
	}
	asJSON := len(added) > 0 && f.onlyJSON()
	for _, item := range added {
		text := item.Document().Text()
		if asJSON {
			var err error
			if text, err = jsonDocument(item, f.parts[0].body); err != nil {
				return nil, err
			}
		}
		if out.endLine(f.lineEnd()); out.Len() > 0 {
			out.add("---" + f.lineEnd())
		}
		out.add(withLineEnd(text, f.lineEnd()))
	}
	if f.text != "" && !strings.HasSuffix(f.text, "\n") {
		out.openLine()
	}
	return out, nil
}

// opens reports whether a document is printed first without a separator, since the file began with none.
func (f *File) opens(p part, printed int) bool {
	return printed == 0 && f.parts[0].glue == "" && strings.TrimRight(p.glue, "\r\n") == "---"
}

// bodyOf returns the current text of an item. A regenerated item gets the form of the old one: JSON stays JSON, and
// line ends stay.
func (f *File) bodyOf(i int) (string, error) {
	text, old := f.Items[i].Document().Text(), f.parts[i].body
	if text == old {
		return text, nil
	}
	if isJSON(old) && !isJSON(text) {
		var err error
		if text, err = jsonDocument(f.Items[i], old); err != nil {
			return "", err
		}
	}
	if windows := strings.Count(old, "\r\n"); windows > 0 && windows == strings.Count(old, "\n") {
		text = withLineEnd(text, "\r\n") // of mixed ones only the edits know the place of each
	}
	return text, nil
}

// lineEnd returns the line end of the file's first line.
func (f *File) lineEnd() string { return lineEndOf(f.text) }

func lineEndOf(text string) string {
	if line, _ := firstLine(text); strings.HasSuffix(line, "\r\n") {
		return "\r\n"
	}
	return "\n"
}

// withLineEnd changes the line ends of a text; some or all lines may have the new one already.
func withLineEnd(text, end string) string {
	if end == "\n" {
		return text
	}
	return strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\n", end)
}
