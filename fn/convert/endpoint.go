package convert

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/socket"
)

// endpoint is where a container is told that its Docker daemon is.
type endpoint struct {
	from  string // the variable, the option, or the object and line
	value string // "" where only the cluster knows
}

// String says why the endpoint is not known to be a socket that the container mounts.
func (e endpoint) String() string {
	if e.value == "" {
		return e.from + " from an object that is not here"
	}
	return e.from + " " + e.value + ", which is not the socket that it mounts"
}

// endpoints are all that a container is told: by its variables, its command line and the files that it mounts.
func (c *Conversion) endpoints(pod kube.Pod, container kube.Container) []endpoint {
	var all []endpoint
	variables := c.variables(container)
	for _, v := range variables {
		value := expand(v.value, variables)
		switch isHost := v.name == "DOCKER_HOST"; {
		case isHost && !v.known:
			all = append(all, endpoint{v.name, ""})
		case isHost && value != "", named{key: v.name, value: value}.isEndpoint():
			all = append(all, endpoint{v.name + strings.TrimSuffix(" of "+v.from, " of "), value})
		case strings.Contains(value, "\n"):
			all = append(all, endpointsIn(v.name, value)...)
		}
	}
	if line := strings.Join(container.CommandLine(), " "); strings.Contains(line, "://") {
		for _, m := range namedIn(line) {
			if m.isEndpoint() {
				all = append(all, endpoint{m.key, expand(m.value, variables)})
			}
		}
	}
	for _, t := range c.mountedTexts(pod, container) {
		all = append(all, endpointsIn(t.field.Object().Title()+" "+t.field.Path(), t.text)...)
	}
	return all
}

func endpointsIn(where, text string) []endpoint {
	var all []endpoint
	for _, n := range namedIn(text) {
		if n.isEndpoint() && !strings.HasPrefix(n.value, "unix://") { // which may be for a container that the program starts
			all = append(all, endpoint{fmt.Sprintf("%s line %d: %s", where, n.line, n.key), n.value})
		}
	}
	return all
}

// foreign are the endpoints of a container that are none of the sockets that it mounts.
func (c *Conversion) foreign(pod kube.Pod, container kube.Container, uses []*Use) []endpoint {
	var all []endpoint
	for _, e := range c.endpoints(pod, container) {
		if !leadsToSocket(e.value, container, uses) {
			all = append(all, e)
		}
	}
	return all
}

func leadsToSocket(value string, container kube.Container, uses []*Use) bool {
	p, isUnix := strings.CutPrefix(value, "unix://")
	for _, u := range uses {
		if isUnix && u.Mounted() && u.Container.Is(container.Field) && socket.Normalize(p) == socket.Normalize(u.SocketPath()) {
			return true
		}
	}
	return false
}

// valueOf is a variable's value, looked up in the input where it comes from a ConfigMap or Secret. It is not known where
// that is in the cluster only.
func (c *Conversion) valueOf(v kube.Field, namespace string) (value string, known bool) {
	from := v.Get("valueFrom")
	if !from.Exists() {
		return v.Text("value"), true
	}
	for kind, ref := range map[string]string{"ConfigMap": "configMapKeyRef", "Secret": "secretKeyRef"} {
		if o := c.Set.Find("", kind, namespace, from.Text(ref, "name")); o != nil && from.Get(ref).Exists() {
			return entry(o, from.Text(ref, "key")), true
		}
	}
	return "", false
}

// entry is what a ConfigMap or Secret holds under a key; "" where it holds nothing.
func entry(o *kube.Object, key string) string {
	value := ""
	for _, e := range entries(o) {
		if e.key == key {
			value = cmp.Or(e.text, value)
		}
	}
	return value
}
