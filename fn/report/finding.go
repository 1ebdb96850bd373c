// Package report holds the findings of a run: one for each edit, refusal, or thing worth knowing.
package report

import (
	"fmt"
	"strings"
)

// Reason is the reason for an edit or a finding: a stable id for machines, and a sentence for people.
type Reason struct {
	ID   string // kebab-case; see entries.go
	Text string
}

// Because returns a reason; text is a format for args.
func Because(id, text string, args ...any) Reason {
	if len(args) > 0 {
		text = fmt.Sprintf(text, args...)
	}
	return Reason{ID: id, Text: text}
}

// Object identifies the object of a finding.
type Object struct {
	APIVersion, Kind, Namespace, Name string
	File                              string // file that it came from; "" if unknown
	Index                             int    // index of the document in the file
	Line                              int    // 1-based line of the object in the file; 0 if unknown
}

// String returns Kind/name, or Kind/namespace/name.
func (o Object) String() string { return string(o.appendTo(nil)) }

func (o Object) appendTo(line []byte) []byte {
	begin := len(line)
	for _, part := range []string{o.Kind, o.Namespace, o.Name} {
		if part == "" {
			continue
		}
		if len(line) > begin {
			line = append(line, '/')
		}
		line = append(line, Plain(cut(part))...)
	}
	return line
}

// longestName is the limit of the API server for a name.
const longestName = 253

// cut shortens a name that no API server accepts.
func cut(name string) string {
	if len(name) <= longestName {
		return name
	}
	return strings.ToValidUTF8(name[:longestName], "") + "…"
}

// Finding is one message of a run about an object. The zero Object means that it is about the whole input or its
// configuration.
type Finding struct {
	Severity Severity
	Reason
	Object   Object
	Path     string // path of the field
	Current  string // old value, if it is short
	Proposed string // new value
}

// String returns one line for people: place, problem, reason.
func (f Finding) String() string { return string(f.AppendTo(nil)) }

// AppendTo appends what String returns.
func (f *Finding) AppendTo(line []byte) []byte {
	begin := len(line)
	line = f.Object.appendTo(line)
	if f.Path != "" && len(line) > begin {
		line = append(line, ' ')
	}
	line = append(line, f.Path...)
	if len(line) > begin {
		line = append(line, ": "...)
	}
	return append(line, f.Text...)
}
