package convert

import (
	"regexp"
	"strings"

	"github.com/boxp/dindify/fn/manifest"
	"github.com/boxp/dindify/fn/socket"
)

// endpoint is where a container is told that its Docker daemon is.
type endpoint struct {
	from  string // DOCKER_HOST, or the option
	value string // "" where only the cluster knows
}

func (e endpoint) String() string {
	if e.value == "" {
		return e.from + " from elsewhere"
	}
	return e.from + " " + e.value
}

// option is how programs are told on their command lines: docker -H, dockerd-like --host, an application's --docker=….
var option = regexp.MustCompile(`(?:^|\s)(-H|--host|--docker(?:[-.]?(?:host|endpoint|url|socket))?)(?:=|\s+)["']?((?:unix|tcp|ssh|npipe|http|https)://[^\s"']*)`)

// endpoints are all that a container is told. What its own env says counts instead of what envFrom brings along.
func (c *Conversion) endpoints(container manifest.Container) []endpoint {
	var all []endpoint
	if host := container.Env("DOCKER_HOST"); host.Exists() {
		if value, known := c.valueOf(host, container.Object().Namespace()); value != "" || !known {
			all = append(all, endpoint{"DOCKER_HOST", value})
		}
	} else if value := c.fromSources(container); value != "" {
		all = append(all, endpoint{"DOCKER_HOST of envFrom", value})
	}
	for _, m := range option.FindAllStringSubmatch(strings.Join(container.CommandLine(), " "), -1) {
		all = append(all, endpoint{m[1], m[2]})
	}
	return all
}

// foreign returns an endpoint of the container's that is none of the sockets that it mounts.
func (c *Conversion) foreign(container manifest.Container, uses []Use) (endpoint, bool) {
	for _, e := range c.endpoints(container) {
		if !leadsToSocket(e.value, container, uses) {
			return e, true
		}
	}
	return endpoint{}, false
}

func leadsToSocket(value string, container manifest.Container, uses []Use) bool {
	p, isUnix := strings.CutPrefix(value, "unix://")
	for _, u := range uses {
		if isUnix && u.Mounted() && u.Container.Is(container.Field) && socket.Normalize(p) == socket.Normalize(u.SocketPath()) {
			return true
		}
	}
	return false
}

// valueOf is a variable's value, looked up in the input where it comes from a ConfigMap. It is not known where that is
// in the cluster only, or a Secret.
func (c *Conversion) valueOf(v manifest.Field, namespace string) (value string, known bool) {
	if !v.Get("valueFrom").Exists() {
		return v.Text("value"), true
	}
	ref := v.Get("valueFrom", "configMapKeyRef")
	o := c.Set.Find("", "ConfigMap", namespace, ref.Text("name"))
	if !ref.Exists() || o == nil {
		return "", false
	}
	return o.Text("data", ref.Text("key")), true
}

// fromSources is the DOCKER_HOST that a container gets from whole ConfigMaps and Secrets of the input; the last wins.
func (c *Conversion) fromSources(container manifest.Container) string {
	host := ""
	for _, source := range container.Get("envFrom").Items() {
		key, ours := strings.CutPrefix("DOCKER_HOST", source.Text("prefix"))
		if !ours {
			continue
		}
		for _, kind := range []string{"ConfigMap", "Secret"} {
			name := source.Text(strings.ToLower(kind[:1])+kind[1:]+"Ref", "name")
			o := c.Set.Find("", kind, container.Object().Namespace(), name)
			if name == "" || o == nil {
				continue
			}
			if value := o.Text("data", key) + o.Text("stringData", key); value != "" {
				host = value
			}
		}
	}
	return host
}
