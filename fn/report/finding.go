// Package report is what a run says about what it did: one finding for each thing done, refused or worth knowing.
package report

import (
	"fmt"
	"hash/maphash"
	"iter"
	"slices"
	"sync"
)

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
		line = append(line, part...)
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

// Report collects findings. Several goroutines may add to it.
type Report struct {
	Findings []Finding

	mu     sync.Mutex
	seed   maphash.Seed
	said   map[uint64]int // index of the first finding of a hash: findings as keys would take twice their memory
	failed bool
}

// Add takes a finding in, unless the same has been said.
func (r *Report) Add(f Finding) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.hasSaid(f) {
		return
	}
	r.failed = r.failed || f.Severity == Error
	r.Findings = append(r.Findings, f)
}

// Merge adds what was said elsewhere.
func (r *Report) Merge(findings []Finding) {
	for _, f := range findings {
		r.Add(f)
	}
}

// Grow makes room for n more findings.
func (r *Report) Grow(n int) { r.Findings = slices.Grow(r.Findings, n) }

// few findings are compared one by one.
const few = 32

func (r *Report) hasSaid(f Finding) bool {
	if len(r.Findings) < few {
		return slices.Contains(r.Findings, f)
	}
	if r.said == nil {
		r.seed, r.said = maphash.MakeSeed(), map[uint64]int{}
		for i, g := range r.Findings {
			r.said[maphash.Comparable(r.seed, g)] = i
		}
	}
	hash := maphash.Comparable(r.seed, f)
	at, seen := r.said[hash]
	if !seen {
		r.said[hash] = len(r.Findings)
	}
	return seen && r.Findings[at] == f
}

// Fail notes an error that is about the whole input, or its configuration.
func (r *Report) Fail(id, text string, args ...any) {
	r.Add(Finding{Severity: Error, Reason: Because(id, text, args...)})
}

// Failed says whether any finding is an error.
func (r *Report) Failed() bool { return r.failed }

// Errors are the findings that are errors.
func (r *Report) Errors() []Finding {
	return slices.DeleteFunc(slices.Clone(r.Findings), func(f Finding) bool { return f.Severity != Error })
}

// Worst goes through the findings with errors first, then warnings; else in the order in which they were made.
func (r *Report) Worst() iter.Seq[*Finding] {
	return func(yield func(*Finding) bool) {
		for _, severity := range []Severity{Error, Warning, Info} {
			for i := range r.Findings {
				if f := &r.Findings[i]; f.Severity == severity && !yield(f) {
					return
				}
			}
		}
	}
}
