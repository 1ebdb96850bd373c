package convert

import (
	"encoding/base64"
	"strings"
	"sync"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/limits"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/socket"
)

// sources are the ConfigMaps and Secrets that containers take variables and files from. Each is read once, however many
// containers take it.
type sources struct{ read sync.Map } // *kube.Object: *source

// source is one ConfigMap or Secret.
type source struct {
	entries []*sourceEntry
	named   map[string]*sourceEntry
}

// sourceEntry is what stands under one of its keys, a Secret's data decoded. What is found in it is looked for once.
type sourceEntry struct {
	key, text string
	field     kube.Field

	isVariable func() bool // by its key

	endpoints func() []endpoint
	binds     func() []bindSource
	paths     func() []pathInText
}

// source reads a ConfigMap or Secret.
func (c *Conversion) source(o *kube.Object) *source {
	if known, ok := c.sources.read.Load(o); ok {
		return known.(*source)
	}
	known, _ := c.sources.read.LoadOrStore(o, readSource(o))
	return known.(*source)
}

func readSource(o *kube.Object) *source {
	s := &source{named: map[string]*sourceEntry{}}
	for _, list := range []string{"data", "stringData"} {
		for key, field := range o.Root().Get(list).Values() {
			text := field.Text()
			if o.Kind() == "Secret" && list == "data" {
				decoded, _ := base64.StdEncoding.DecodeString(text) // what is no base64 is no value
				text = string(decoded)
			}
			e := &sourceEntry{key: key, text: text, field: field}
			e.isVariable = sync.OnceValue(func() bool { return identifier().MatchString(key) })
			e.endpoints = sync.OnceValue(func() []endpoint { return endpointsIn(o.Title()+" "+field.Path(), text) })
			e.binds = sync.OnceValue(func() []bindSource { return bindsIn(text) })
			e.paths = sync.OnceValue(func() []pathInText { return pathsIn(text) })
			s.entries = append(s.entries, e)
			if old := s.named[key]; old == nil || text != "" && old.text == "" {
				s.named[key] = e
			}
		}
	}
	return s
}

// pathInText is a path of a text that may be a socket's.
type pathInText struct {
	line     int // from 1
	at, path string
}

// pathsIn finds the paths of a text line by line. Comments do not count, nor do both sides of a bind.
func pathsIn(text string) []pathInText {
	var all []pathInText
	n := 0
	for line := range strings.Lines(text) {
		n++
		if isComment(line) {
			continue
		}
		for _, p := range pathsOf(line) {
			p.line = n
			all = append(all, p)
		}
	}
	return all
}

func pathsOf(line string) []pathInText {
	if !strings.Contains(line, "/") {
		return nil
	}
	var all []pathInText
	for _, at := range socketPath().FindAllString(bind().ReplaceAllString(line, " "), -1) {
		all = append(all, pathInText{at: at, path: socket.Normalize(strings.TrimPrefix(at, "unix://"))})
	}
	return all
}

// look counts what containers and clients look at in other objects. False means that the run is beyond the limit, and
// has failed.
func (c *Conversion) look(n int) bool {
	return c.looks.Add(int64(n)) <= int64(limits.Looks+limits.LooksPerDocument*len(c.Set.Items))
}

// refuseLooks fails a run beyond that limit.
func (c *Conversion) refuseLooks() {
	if !c.look(0) {
		c.Set.Report.Fail(report.TooLarge, "too many workloads take too many entries of ConfigMaps and Secrets, or stand "+
			"beside too many policies: "+
			"dindify looks at %d of them for a run and %d for each document, counted once for each container that takes them; "+
			"give it fewer objects at a time",
			limits.Looks, limits.LooksPerDocument)
	}
}
