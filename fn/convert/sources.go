package convert

import (
	"encoding/base64"
	"strings"
	"sync"

	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/limits"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/socket"
)

// sources caches the ConfigMaps and Secrets that containers take variables and files from. Each is read once.
type sources struct{ read sync.Map } // *kube.Object: *source

// source is one ConfigMap or Secret.
type source struct {
	entries []*sourceEntry
	named   map[string]*sourceEntry
}

// sourceEntry is the value of one key, decoded for a Secret. Search results in it are cached.
type sourceEntry struct {
	key, text string
	field     kube.Field

	isVariable func() bool // by key

	endpoints func() []endpoint
	binds     func() []bindSource
	paths     func() []pathInText
	docker    func() dockerUse
	loopbacks func() []loopbackAddress
	limits    func() map[config.Isolation]string
	networks  func() []string
	projects  func() []project
}

// source reads a ConfigMap or Secret.
func (c *converter) source(o *kube.Object) *source {
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
				decoded, _ := base64.StdEncoding.DecodeString(text) // invalid base64 is ignored
				text = string(decoded)
			}
			e := &sourceEntry{key: key, text: text, field: field}
			e.isVariable = sync.OnceValue(func() bool { return identifier().MatchString(key) })
			e.endpoints = sync.OnceValue(func() []endpoint { return endpointsIn(o.Title()+" "+field.Path(), text) })
			e.binds = sync.OnceValue(func() []bindSource { return bindsIn(text) })
			e.paths = sync.OnceValue(func() []pathInText { return pathsIn(text) })
			e.docker = sync.OnceValue(func() dockerUse { return dockerUseOf(text) })
			e.loopbacks = sync.OnceValue(func() []loopbackAddress { return loopbacksIn(text) })
			e.limits = sync.OnceValue(func() map[config.Isolation]string { return limitsIn(text) })
			e.networks = sync.OnceValue(func() []string { return networksInText(text) })
			e.projects = sync.OnceValue(func() []project { return projectsIn(text) })
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
	line     int // 1-based line
	at, path string
}

// pathsIn finds the paths of a text line by line, except in comments and in bind mounts.
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
	for _, at := range socketPath().FindAllString(bindPattern().ReplaceAllString(line, " "), -1) {
		all = append(all, pathInText{at: at, path: socket.Normalize(strings.TrimPrefix(at, "unix://"))})
	}
	return all
}

// countLookups counts lookups in other objects. It returns false if the run exceeds the limit; the run has failed then.
func (c *converter) countLookups(n int) bool {
	return c.lookups.Add(int64(n)) <= int64(limits.Lookups+limits.LookupsPerDocument*len(c.Set.Items))
}

// failAboveLookupLimit fails a run that exceeds the limit.
func (c *converter) failAboveLookupLimit() {
	if !c.countLookups(0) {
		c.Set.Report.Fail(report.TooLarge, "too many workloads use too many entries of ConfigMaps and Secrets, or are in "+
			"namespaces with too many policies: the limit is %d lookups per run and %d per document, counted for each "+
			"container that uses them; pass fewer objects at a time",
			limits.Lookups, limits.LookupsPerDocument)
	}
}
