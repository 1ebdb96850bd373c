// Package report is what a run says about what it did: one finding for each thing done, refused or worth knowing.
package report

import "fmt"

// Reason is why something was done or said: a stable id for machines, and a sentence for people.
type Reason struct {
	ID   string // kebab-case; see ids.go
	Text string
}

// Because makes a reason; the text is a format for args.
func Because(id, text string, args ...any) Reason {
	if len(args) > 0 {
		text = fmt.Sprintf(text, args...)
	}
	return Reason{ID: id, Text: text}
}

// Object says which object a finding is about.
type Object struct {
	APIVersion, Kind, Namespace, Name string
	File                              string // path of the file that it came from; "" where unknown
	Index                             int    // of the document in the file
	Line                              int    // of the object in the file, from 1; 0 where unknown
}

// String is Kind/name, or Kind/namespace/name.
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
		line = append(line, Plain(part)...)
	}
	return line
}

// Finding is one thing that a run says. The zero Object means that it is about the whole input or its configuration.
type Finding struct {
	Severity Severity
	Reason
	Object   Object
	Path     string // of the field
	Current  string // value before, where it is short enough to show
	Proposed string // value after
}

// String is the line that a person reads: place, what, why.
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
