package convert

import (
	"cmp"
	"encoding/base64"
	"strings"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/pattern"
	"github.com/boxp/dindify/fn/socket"
)

// endpoint is where a container is told that its Docker daemon is.
type endpoint struct {
	from  string // DOCKER_HOST, or the option
	value string // "" where only the cluster knows
}

// String says why the endpoint is not known to be a socket that the container mounts.
func (e endpoint) String() string {
	if e.value == "" {
		return e.from + " from an object that is not here"
	}
	return e.from + " " + e.value + ", which is not the socket that it mounts"
}

// option is how programs are told on their command lines: docker -H, dockerd-like --host, an application's --docker=….
var option = pattern.Lazy(`(?:^|\s)(-H|--host|--docker(?:[-.]?(?:host|endpoint|url|socket))?)(?:=|\s+)["']?((?:unix|tcp|ssh|npipe|http|https)://[^\s"']*)`)

// endpoints are all that a container is told. What its own env says counts instead of what envFrom brings along.
func (c *Conversion) endpoints(container kube.Container) []endpoint {
	var all []endpoint
	if host := container.Env("DOCKER_HOST"); host.Exists() {
		if value, known := c.valueOf(host, container.Object().Namespace()); value != "" || !known {
			all = append(all, endpoint{"DOCKER_HOST", value})
		}
	} else if value := c.fromSources(container); value != "" {
		all = append(all, endpoint{"DOCKER_HOST of envFrom", value})
	}
	if line := strings.Join(container.CommandLine(), " "); strings.Contains(line, "://") {
		for _, m := range option().FindAllStringSubmatch(line, -1) {
			all = append(all, endpoint{m[1], m[2]})
		}
	}
	return all
}

// foreign returns an endpoint of the container's that is none of the sockets that it mounts.
func (c *Conversion) foreign(container kube.Container, uses []*Use) (endpoint, bool) {
	for _, e := range c.endpoints(container) {
		if !leadsToSocket(e.value, container, uses) {
			return e, true
		}
	}
	return endpoint{}, false
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

// fromSources is the DOCKER_HOST that a container gets from whole ConfigMaps and Secrets of the input; the last wins.
func (c *Conversion) fromSources(container kube.Container) string {
	host := ""
	for _, source := range container.Get("envFrom").Items() {
		key, ours := strings.CutPrefix("DOCKER_HOST", source.Text("prefix"))
		if !ours {
			continue
		}
		for kind, ref := range map[string]string{"ConfigMap": "configMapRef", "Secret": "secretRef"} {
			name := source.Text(ref, "name")
			if o := c.Set.Find("", kind, container.Object().Namespace(), name); o != nil && name != "" {
				host = cmp.Or(entry(o, key), host)
			}
		}
	}
	return host
}

// entry is what a ConfigMap or Secret holds under a key; "" where it holds nothing.
func entry(o *kube.Object, key string) string {
	if o.Kind() == "ConfigMap" {
		return o.Text("data", key)
	}
	decoded, _ := base64.StdEncoding.DecodeString(o.Text("data", key)) // what is no base64 is no value
	return cmp.Or(o.Text("stringData", key), string(decoded))
}
