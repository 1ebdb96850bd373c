package stream

import (
	"fmt"
	"strings"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/parallel"
)

// File is a file of YAML documents, of concatenated JSON documents, or of one List in JSON.
type File struct {
	Name  string // "" for standard input
	Items []*kube.Item

	text  string
	parts []part // of each item
	json  *jsonForm
}

// part is the text of one document of the file.
type part struct {
	glue string // before it: separators, directives, text between JSON documents
	body string
	tail string // its end markers (...)
	line int    // 1-based first line
}

// ReadFile splits a file at its document markers, or between its JSON documents. It fails on bad YAML; the error
// gives file and line.
func ReadFile(name, text string) (*File, error) {
	f := &File{Name: name, text: text}
	if err := f.cut(); err != nil {
		return f, err
	}
	f.Items = make([]*kube.Item, len(f.parts))
	return f, parallel.For(len(f.parts), func(i int) (err error) { // on all cores: parsing takes most of a run's time
		f.Items[i], err = f.readPart(i)
		return err
	})
}

// cut finds the documents.
func (f *File) cut() (err error) {
	if f.parts, f.json, err = cutJSON(f.text); err == nil && f.json == nil {
		f.parts = cutYAML(f.text)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", f.name(), err)
	}
	line := 1
	if f.json != nil {
		line += strings.Count(f.json.head, "\n")
	}
	for i, p := range f.parts {
		line += strings.Count(p.glue, "\n")
		f.parts[i].line = line
		line += strings.Count(p.body, "\n") + strings.Count(p.tail, "\n")
	}
	return nil
}

func (f *File) name() string { return InputName(f.Name) }

// InputName returns a file's name for messages; "" is standard input.
func InputName(name string) string {
	if name == "" {
		return "standard input"
	}
	return name
}

// cutYAML cuts at the document markers, and between JSON documents without markers.
func cutYAML(text string) (parts []part) {
	for rest := text; len(parts) == 0 || len(rest) > 0; {
		var p part
		p, rest = nextDocument(rest)
		values, end := jsonValues(p.body)
		if len(values) < 2 {
			parts = append(parts, p)
			continue
		}
		values[0].glue, values[len(values)-1].tail = p.glue+values[0].glue, end+p.tail
		parts = append(parts, values...)
	}
	return parts
}

// nextDocument splits off a document, with the markers and directives before it and the end markers.
func nextDocument(text string) (p part, rest string) {
	at := aboveDirective(text)
	for at < len(text) {
		line, _ := firstLine(text[at:])
		if !isSeparator(line) && line[0] != '%' {
			break
		}
		if at += len(line); strings.HasPrefix(line, "---") {
			break
		}
	}
	p.glue, text = text[:at], text[at:]
	end := 0
	for end < len(text) {
		line, _ := firstLine(text[end:])
		if isSeparator(line) || end > 0 && isMarker(line) {
			break
		}
		end += len(line)
	}
	p.body, rest = text[:end], text[end:]
	for {
		line, next := firstLine(rest)
		if !strings.HasPrefix(line, "...") || !isSeparator(line) {
			return p, rest
		}
		p.tail, rest = p.tail+line, next
	}
}

// aboveDirective returns the length of the byte order mark, blank lines and comments above a directive; 0 if there is
// none.
func aboveDirective(text string) int {
	at := len(text) - len(strings.TrimPrefix(text, byteOrderMark))
	for at < len(text) {
		line, _ := firstLine(text[at:])
		if line[0] == '%' {
			return at
		}
		if rest := strings.TrimSpace(line); rest != "" && rest[0] != '#' {
			return 0
		}
		at += len(line)
	}
	return 0
}

// isMarker reports whether a line begins or ends a document.
func isMarker(line string) bool {
	return (strings.HasPrefix(line, "---") || strings.HasPrefix(line, "...")) &&
		(len(line) == 3 || strings.IndexByte(" \t\r\n", line[3]) >= 0)
}

// isSeparator reports whether a marker is followed by nothing but a comment.
func isSeparator(line string) bool {
	if !isMarker(line) {
		return false
	}
	rest := strings.TrimSpace(line[3:])
	return rest == "" || rest[0] == '#'
}

// Text returns the original text of the file.
func (f *File) Text() string { return f.text }
