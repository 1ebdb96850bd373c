package discover

import (
	"fmt"
	"strings"

	"github.com/boxp/dindify/fn/commands"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/pattern"
	"github.com/boxp/dindify/fn/socket"
	"github.com/boxp/dindify/fn/sources"
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
func (f *Finder) endpoints(pod kube.Pod, container kube.Container) []endpoint {
	var all []endpoint
	variables := f.sources.Variables(container)
	refs := references(variables)
	for _, v := range sources.LastOfEach(variables, nil) {
		value := refs.expand(v.Value)
		switch isHost := v.Name == "DOCKER_HOST" || v.Name == contextVariable && value != defaultContext; {
		case isHost && !v.Known:
			all = append(all, endpoint{v.Name, ""})
		case isHost && value != "", commands.Endpoint{Key: v.Name, Value: value}.IsDocker():
			all = append(all, endpoint{v.Name + strings.TrimSuffix(" of "+v.From, " of "), value})
		case strings.HasPrefix(strings.TrimSpace(value), "-"): // options, as in JAVA_TOOL_OPTIONS
			for _, e := range endpointsOnLine(value, refs) {
				all = append(all, endpoint{v.Name + " " + e.from, e.value})
			}
		case strings.Contains(value, "\n"):
			all = append(all, endpointsIn(v.Name, value)...)
		}
	}
	all = append(all, endpointsOnLine(commands.All(container), refs)...)
	for _, t := range f.sources.Files(pod, container) {
		found := endpointSearch.In(t.Entry)
		if !f.sources.Lookups.Add(len(found)) {
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
		for _, m := range commands.EndpointsIn(line) {
			if m.IsDocker() {
				all = append(all, endpoint{m.Key, refs.expand(m.Value)})
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

var endpointSearch = sources.NewSearch(func(e *sources.Entry) []endpoint {
	return endpointsIn(e.Field.Object().Title()+" "+e.Field.Path(), e.Text)
})

func endpointsIn(where, text string) []endpoint {
	var all []endpoint
	for _, n := range commands.EndpointsIn(text) {
		if n.IsDocker() && !strings.HasPrefix(n.Value, "unix://") { // it may be for a container that the program starts
			all = append(all, endpoint{fmt.Sprintf("%s line %d: %s", where, n.Line, n.Key), n.Value})
		}
	}
	return all
}

// Foreign returns the endpoints of a container that are not sockets that it mounts.
func (f *Finder) Foreign(pod kube.Pod, container kube.Container, uses []*Use) []endpoint {
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
