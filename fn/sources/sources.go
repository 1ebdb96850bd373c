// Package sources reads the ConfigMaps and Secrets of the input as containers see them: their environment variables,
// and the files that they mount. It searches nothing in them itself: who reads them declares a Search, whose results
// are kept.
package sources

import (
	"encoding/base64"
	"sync"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/limits"
)

// Reader reads the ConfigMaps and Secrets of a set that containers take variables and files from. Each is read once.
type Reader struct {
	Lookups *limits.LookupCount // of entries
	set     *kube.Set
	read    sync.Map // *kube.Object: *source
}

// New returns a reader of a set that counts the entries that containers use.
func New(set *kube.Set, lookups *limits.LookupCount) *Reader {
	return &Reader{Lookups: lookups, set: set}
}

// source is one ConfigMap or Secret.
type source struct {
	entries []*Entry
	named   map[string]*Entry
}

// Entry is the value of one key, decoded for a Secret.
type Entry struct {
	Key, Text string
	Field     kube.Field
	found     sync.Map // *search: its result
}

// Search is a search in entries. Its result for an entry is kept: many containers may have the same file.
type Search[T any] struct{ find func(*Entry) T }

// NewSearch returns a search by a function.
func NewSearch[T any](find func(*Entry) T) *Search[T] { return &Search[T]{find} }

// In returns what is found in an entry.
func (s *Search[T]) In(e *Entry) T {
	once, ok := e.found.Load(s)
	if !ok {
		once, _ = e.found.LoadOrStore(s, sync.OnceValue(func() T { return s.find(e) }))
	}
	return once.(func() T)()
}

// source reads a ConfigMap or Secret.
func (r *Reader) source(o *kube.Object) *source {
	if known, ok := r.read.Load(o); ok {
		return known.(*source)
	}
	known, _ := r.read.LoadOrStore(o, readSource(o))
	return known.(*source)
}

func readSource(o *kube.Object) *source {
	s := &source{named: map[string]*Entry{}}
	for _, list := range []string{"data", "stringData"} {
		for key, field := range o.Root().Get(list).Values() {
			text := field.Text()
			if o.Kind() == "Secret" && list == "data" {
				decoded, _ := base64.StdEncoding.DecodeString(text) // invalid base64 is ignored
				text = string(decoded)
			}
			e := &Entry{Key: key, Text: text, Field: field}
			s.entries = append(s.entries, e)
			if old := s.named[key]; old == nil || text != "" && old.Text == "" {
				s.named[key] = e
			}
		}
	}
	return s
}
