package stream

import (
	"bytes"
	"fmt"

	"github.com/boxp/dindify/fn/document"
	"github.com/boxp/dindify/fn/manifest"
	"github.com/boxp/dindify/fn/parallel"
)

// File is a file of YAML documents, or of one JSON document.
type File struct {
	Name  string // "" for standard input
	Items []*manifest.Item

	text []byte
	docs []*document.Document
	glue [][]byte // before each document, and after the last: separators, directives
}

// ReadFile takes a file apart at its document markers. It fails on bad YAML; the error names file and line.
func ReadFile(name string, text []byte) (*File, error) {
	f := &File{Name: name, text: text}
	var bodies [][]byte
	var lines []int
	line := 1
	for rest := text; len(bodies) == 0 || len(rest) > 0; {
		glue, body, next := nextDocument(rest)
		line += bytes.Count(glue, []byte("\n"))
		f.glue, bodies, lines = append(f.glue, glue), append(bodies, body), append(lines, line)
		line += bytes.Count(body, []byte("\n"))
		rest = next
	}
	f.docs = make([]*document.Document, len(bodies))
	err := parallel.For(len(bodies), func(i int) (err error) {
		if f.docs[i], err = document.Parse(bodies[i]); err != nil {
			return fmt.Errorf("%s: the document that begins in line %d: %w", f.name(), lines[i], err)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	for i, doc := range f.docs {
		item := manifest.NewItem(doc)
		item.File, item.Index, item.Line = f.Name, i, lines[i]
		f.Items = append(f.Items, item)
	}
	return f, nil
}

func (f *File) name() string {
	if f.Name == "" {
		return "standard input"
	}
	return f.Name
}

// nextDocument splits off the markers and directives before a document, and the document up to the next marker.
func nextDocument(text []byte) (glue, body, rest []byte) {
	at := 0
	for at < len(text) {
		line, _ := firstLine(text[at:])
		if !isSeparator(line) && line[0] != '%' {
			break
		}
		if at += len(line); bytes.HasPrefix(line, []byte("---")) {
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
func isMarker(line []byte) bool {
	return (bytes.HasPrefix(line, []byte("---")) || bytes.HasPrefix(line, []byte("..."))) &&
		(len(line) == 3 || bytes.IndexByte([]byte(" \t\r\n"), line[3]) >= 0)
}

// isSeparator is true of a marker with nothing but a comment behind it.
func isSeparator(line []byte) bool {
	if !isMarker(line) {
		return false
	}
	rest := bytes.TrimSpace(line[3:])
	return len(rest) == 0 || rest[0] == '#'
}

// Text is the file as it came in.
func (f *File) Text() []byte { return f.text }

// Print prints the file with its items as they are now, and with those that a run has added for it.
func (f *File) Print(added []*manifest.Item) []byte {
	var out bytes.Buffer
	for i, item := range f.Items {
		if item.Gone {
			if string(f.glue[i]) == openEnd && i == len(f.Items)-len(goneAtEnd(f.Items)) {
				out.Truncate(out.Len() - 1)
			}
			continue
		}
		if len(f.glue[i]) > 0 && !f.opens(i, out.Len()) {
			endLine(&out)
			out.Write(f.glue[i])
		}
		out.Write(item.Document().Text())
	}
	for _, item := range added {
		switch b := out.Bytes(); {
		case len(b) > 0 && b[len(b)-1] != '\n':
			out.WriteString("\n" + openEnd)
		case len(b) > 0:
			out.WriteString("---\n")
		}
		out.Write(item.Document().Text())
	}
	return out.Bytes()
}

// opens is true of a document that has become the first one: it needs no separator where the file began with none.
func (f *File) opens(i, printed int) bool {
	return printed == 0 && len(f.glue[0]) == 0 && string(f.glue[i]) == "---\n"
}

// openEnd separates an added document from a file that did not end in a line break, so that it can be given back.
const openEnd = "--- # no line break before\n"

// goneAtEnd are the items that are removed with none behind them.
func goneAtEnd(items []*manifest.Item) []*manifest.Item {
	n := len(items)
	for n > 0 && items[n-1].Gone {
		n--
	}
	return items[n:]
}
