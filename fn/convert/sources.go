package convert

import (
	"encoding/base64"
	"sync"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/limits"
)

// reader reads the ConfigMaps and Secrets of a set that containers take variables and files from. Each is read once.
type reader struct {
	set     *kube.Set
	lookups *limits.LookupCount
	read    sync.Map // *kube.Object: *source
}

// newReader returns a reader of a set that counts the entries that containers use.
func newReader(set *kube.Set, lookups *limits.LookupCount) *reader {
	return &reader{set: set, lookups: lookups}
}

// source is one ConfigMap or Secret.
type source struct {
	entries []*sourceEntry
	named   map[string]*sourceEntry
}

// sourceEntry is the value of one key, decoded for a Secret.
type sourceEntry struct {
	key, text string
	field     kube.Field
	found     sync.Map // *search: its result
}

// search is a search in entries. Its result for an entry is kept: many containers may have the same file.
type search[T any] struct{ find func(*sourceEntry) T }

// newSearch returns a search by a function.
func newSearch[T any](find func(*sourceEntry) T) *search[T] { return &search[T]{find} }

// in returns what is found in an entry.
func (s *search[T]) in(e *sourceEntry) T {
	once, ok := e.found.Load(s)
	if !ok {
		once, _ = e.found.LoadOrStore(s, sync.OnceValue(func() T { return s.find(e) }))
	}
	return once.(func() T)()
}

// source reads a ConfigMap or Secret.
func (r *reader) source(o *kube.Object) *source {
	if known, ok := r.read.Load(o); ok {
		return known.(*source)
	}
	known, _ := r.read.LoadOrStore(o, readSource(o))
	return known.(*source)
}

func readSource(o *kube.Object) *source {
	s := &source{named: map[string]*sourceEntry{}}
	for _, list := range []string{"data", "stringData"} {
		for key, field := range o.Root().Get(list).Values() {
			text := field.Text()
			if o.Kind() == "Secret" && list == "data" {
				decoded, _ := base64.StdEncoding.DecodeString(text) // invalid base64 is ignored
				text = string(decoded)
			}
			e := &sourceEntry{key: key, text: text, field: field}
			s.entries = append(s.entries, e)
			if old := s.named[key]; old == nil || text != "" && old.text == "" {
				s.named[key] = e
			}
		}
	}
	return s
}
