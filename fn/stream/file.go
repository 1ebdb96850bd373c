package stream

import (
	"fmt"
	"strings"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/parallel"
)

// File is a file of YAML documents, or of one JSON document.
type File struct {
	Name  string // "" for standard input
	Items []*kube.Item

	text string
	glue []string // before each document, and after the last: separators, directives
}

// ReadFile takes a file apart at its document markers. It fails on bad YAML; the error names file and line.
func ReadFile(name, text string) (*File, error) {
	f := &File{Name: name, text: text}
	var bodies []string
	var lines []int
	line := 1
	for rest := text; len(bodies) == 0 || len(rest) > 0; {
		glue, body, next := nextDocument(rest)
		line += strings.Count(glue, "\n")
		f.glue, bodies, lines = append(f.glue, glue), append(bodies, body), append(lines, line)
		line += strings.Count(body, "\n")
		rest = next
	}
	return f, f.read(bodies, lines)
}

// read reads the documents on every core: parsing is most of what a run does.
func (f *File) read(bodies []string, lines []int) error {
	f.Items = make([]*kube.Item, len(bodies))
	return parallel.For(len(bodies), func(i int) error {
		item, err := kube.ReadItem(bodies[i])
		if err != nil {
			return fmt.Errorf("%s: the document that begins in line %d: %w", f.name(), lines[i], err)
		}
		item.File, item.Index, item.Line = f.Name, i, lines[i]
		f.Items[i] = item
		return nil
	})
}

func (f *File) name() string {
	if f.Name == "" {
		return "standard input"
	}
	return f.Name
}

// nextDocument splits off the markers and directives before a document, and the document up to the next marker.
func nextDocument(text string) (glue, body, rest string) {
	at := 0
	for at < len(text) {
		line, _ := firstLine(text[at:])
		if !isSeparator(line) && line[0] != '%' {
			break
		}
		if at += len(line); strings.HasPrefix(line, "---") {
			break
		}
	}
	end := at
	for end < len(text) {
		line, _ := firstLine(text[end:])
		if isSeparator(line) || end > at && isMarker(line) {
			break
		}
		end += len(line)
	}
	return text[:at], text[at:end], text[end:]
}

// isMarker is true of a line that begins or ends a document, whatever else it holds.
func isMarker(line string) bool {
	return (strings.HasPrefix(line, "---") || strings.HasPrefix(line, "...")) &&
		(len(line) == 3 || strings.IndexByte(" \t\r\n", line[3]) >= 0)
}

// isSeparator is true of a marker with nothing but a comment behind it.
func isSeparator(line string) bool {
	if !isMarker(line) {
		return false
	}
	rest := strings.TrimSpace(line[3:])
	return rest == "" || rest[0] == '#'
}

// Text is the file as it came in.
func (f *File) Text() string { return f.text }

// Print prints the file with its items as they are now, and with those that a run has added for it.
func (f *File) Print(added []*kube.Item) *Text {
	out := &Text{}
	for i, item := range f.Items {
		if item.Gone {
			if f.glue[i] == openEnd && i == len(f.Items)-len(goneAtEnd(f.Items)) {
				out.openLine()
			}
			continue
		}
		if f.glue[i] != "" && !f.opens(i, out.Len()) {
			out.endLine()
			out.add(f.glue[i])
		}
		out.add(item.Document().Text())
	}
	for _, item := range added {
		switch {
		case out.endsInLine():
			out.add("\n", openEnd)
		case out.Len() > 0:
			out.add("---\n")
		}
		out.add(item.Document().Text())
	}
	return out
}

// opens is true of a document that has become the first one: it needs no separator where the file began with none.
func (f *File) opens(i, printed int) bool {
	return printed == 0 && f.glue[0] == "" && f.glue[i] == "---\n"
}

// openEnd separates an added document from a file that did not end in a line break, so that it can be given back.
const openEnd = "--- # no line break before\n"

// goneAtEnd are the items that are removed with none behind them.
func goneAtEnd(items []*kube.Item) []*kube.Item {
	n := len(items)
	for n > 0 && items[n-1].Gone {
		n--
	}
	return items[n:]
}
