package convert

import (
	"fmt"
	"strings"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/pattern"
	"github.com/boxp/dindify/fn/socket"
)

// endpoint is the Docker endpoint that a container is configured with.
type endpoint struct {
	from  string // the variable, the option, or the object and line
	value string // "" if only the cluster knows it
}

// String returns why the endpoint is not known to be a socket that the container mounts.
func (e endpoint) String() string {
	if e.value == "" {
		return e.from + " from an object that is not here"
	}
	return e.from + " " + e.value + ", which is not the socket that it mounts"
}

// endpoints returns all configured endpoints: in variables, in the command line and in mounted files.
func (f *finder) endpoints(pod kube.Pod, container kube.Container) []endpoint {
	var all []endpoint
	variables := f.sources.variables(container)
	refs := references(variables)
	for _, v := range lastOfEach(variables, nil) {
		value := refs.expand(v.value)
		switch isHost := v.name == "DOCKER_HOST" || v.name == contextVariable && value != defaultContext; {
		case isHost && !v.known:
			all = append(all, endpoint{v.name, ""})
		case isHost && value != "", named{key: v.name, value: value}.isEndpoint():
			all = append(all, endpoint{v.name + strings.TrimSuffix(" of "+v.from, " of "), value})
		case strings.HasPrefix(strings.TrimSpace(value), "-"): // options, as in JAVA_TOOL_OPTIONS
			for _, e := range endpointsOnLine(value, refs) {
				all = append(all, endpoint{v.name + " " + e.from, e.value})
			}
		case strings.Contains(value, "\n"):
			all = append(all, endpointsIn(v.name, value)...)
		}
	}
	all = append(all, endpointsOnLine(allCommands(container), refs)...)
	for _, t := range f.sources.readTexts(pod, container) {
		found := endpointSearch.in(t.sourceEntry)
		if !f.lookups.Add(len(found)) {
			return nil
		}
		all = append(all, found...)
	}
	return all
}

// A context of Docker's client names an endpoint in a file of its configuration. The socket's context is "default".
const (
	contextVariable = "DOCKER_CONTEXT"
	defaultContext  = "default"
)

// dockerContextPattern matches the option that names a context.
var dockerContextPattern = pattern.Lazy(`\bdocker\s(?:\s*-\S+)*\s*--context(?:=|\s+)["']?([\w.-]+)`)

func endpointsOnLine(line string, refs *expander) []endpoint {
	var all []endpoint
	if strings.Contains(line, "://") {
		for _, m := range namedIn(line) {
			if m.isEndpoint() {
				all = append(all, endpoint{m.key, refs.expand(m.value)})
			}
		}
	}
	if strings.Contains(line, "--context") {
		for _, m := range dockerContextPattern().FindAllStringSubmatch(line, -1) {
			if name := refs.expand(m[1]); name != defaultContext {
				all = append(all, endpoint{"--context", name})
			}
		}
	}
	return all
}

var endpointSearch = newSearch(func(e *sourceEntry) []endpoint {
	return endpointsIn(e.field.Object().Title()+" "+e.field.Path(), e.text)
})

func endpointsIn(where, text string) []endpoint {
	var all []endpoint
	for _, n := range namedIn(text) {
		if n.isEndpoint() && !strings.HasPrefix(n.value, "unix://") { // it may be for a container that the program starts
			all = append(all, endpoint{fmt.Sprintf("%s line %d: %s", where, n.line, n.key), n.value})
		}
	}
	return all
}

// foreign returns the endpoints of a container that are not sockets that it mounts.
func (f *finder) foreign(pod kube.Pod, container kube.Container, uses []*Use) []endpoint {
	var all []endpoint
	told := f.endpoints(pod, container)
	if len(told) == 0 {
		return nil
	}
	at := map[string]bool{} // if the container has a socket
	for _, u := range uses {
		if u.Mounted() && u.Container.Is(container.Field) {
			at[socket.Normalize(u.SocketPath())] = true
		}
	}
	for _, e := range told {
		if p, isUnix := strings.CutPrefix(e.value, "unix://"); !isUnix || !at[socket.Normalize(p)] {
			all = append(all, e)
		}
	}
	return all
}
