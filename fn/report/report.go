package report

import (
	"hash/maphash"
	"iter"
	"slices"
	"sync"
)

// Report collects findings without duplicates. Several goroutines may add to one; it is read after that.
type Report struct {
	mu     sync.Mutex
	parts  [][]Finding // in order; each merged report is one part
	n      int
	failed bool
	known  *known // nil while there are few
}

// Up to this many findings are compared one by one.
const few = 32

// known indexes the findings of a report to detect duplicates.
type known struct {
	objects map[Object]bool
	seed    maphash.Seed
	hashes  map[uint64]bool // of the findings, which as keys would take twice their memory; nil until needed
}

// Add adds a finding, unless it is a duplicate. Its text and path are made plain, since they quote the input.
func (r *Report) Add(f Finding) {
	if f.Path = Plain(f.Path); f.ID != Internal { // which may contain a stack trace
		f.Text = Plain(f.Text)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.add(f)
}

func (r *Report) add(f Finding) {
	if r.hasSaid(f) {
		return
	}
	if len(r.parts) == 0 {
		r.parts = append(r.parts, nil)
	}
	last := &r.parts[len(r.parts)-1]
	*last = append(*last, f)
	r.learn((*last)[len(*last)-1:])
}

// Merge moves the findings of another report into this one.
func (r *Report) Merge(other *Report) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, part := range other.parts {
		if r.index().isAbout(part) {
			part = slices.DeleteFunc(part, r.hasSaid)
		}
		r.parts = append(r.parts, part)
		r.learn(part)
	}
	*other = Report{}
}

// Grow allocates space for the first n findings of an empty report.
func (r *Report) Grow(n int) { r.parts = [][]Finding{make([]Finding, 0, n)} }

// learn indexes findings that were added.
func (r *Report) learn(part []Finding) {
	r.n += len(part)
	for i := range part {
		r.failed = r.failed || part[i].Severity == Error
	}
	if r.known != nil {
		r.known.learn(part)
	}
}

func (r *Report) hasSaid(f Finding) bool {
	if r.n < few {
		return slices.ContainsFunc(r.parts, func(part []Finding) bool { return slices.Contains(part, f) })
	}
	k := r.index()
	if !k.objects[f.Object] {
		return false
	}
	if k.hashes == nil {
		k.hashes = make(map[uint64]bool, r.n)
		for _, part := range r.parts {
			k.learn(part)
		}
	}
	return k.hashes[maphash.Comparable(k.seed, f)]
}

func (r *Report) index() *known {
	if r.known == nil {
		r.known = &known{objects: map[Object]bool{}, seed: maphash.MakeSeed()}
		for _, part := range r.parts {
			r.known.learn(part)
		}
	}
	return r.known
}

func (k *known) learn(part []Finding) {
	for i := range part {
		if i == 0 || part[i].Object != part[i-1].Object {
			k.objects[part[i].Object] = true
		}
		if k.hashes != nil {
			k.hashes[maphash.Comparable(k.seed, part[i])] = true
		}
	}
}

// isAbout reports whether a finding is about an object of other findings.
func (k *known) isAbout(part []Finding) bool {
	for i := range part {
		if (i == 0 || part[i].Object != part[i-1].Object) && k.objects[part[i].Object] {
			return true
		}
	}
	return false
}

// Fail adds an error about the whole input or its configuration.
func (r *Report) Fail(id, text string, args ...any) {
	r.Add(Finding{Severity: Error, Reason: Because(id, text, args...)})
}

// Failed reports whether any finding is an error.
func (r *Report) Failed() bool { return r.failed }

// All returns the findings in the order in which they were added.
func (r *Report) All() []*Finding {
	all := make([]*Finding, 0, r.n)
	for _, part := range r.parts {
		for i := range part {
			all = append(all, &part[i])
		}
	}
	return all
}

// Errors returns the findings that are errors.
func (r *Report) Errors() []*Finding {
	return slices.DeleteFunc(r.All(), func(f *Finding) bool { return f.Severity != Error })
}

// BySeverity yields errors first, then warnings, then infos, each in the order in which they were added.
func (r *Report) BySeverity() iter.Seq[*Finding] {
	return func(yield func(*Finding) bool) {
		all := r.All()
		for _, severity := range []Severity{Error, Warning, Info} {
			for _, f := range all {
				if f.Severity == severity && !yield(f) {
					return
				}
			}
		}
	}
}
