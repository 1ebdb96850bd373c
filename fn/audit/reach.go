package audit

import (
	"net"
	"slices"
	"strings"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/socket"
)

// reach is what a pod has of the node besides its volumes.
type reach struct {
	pid, network bool
	addresses    []string // variables with the node's address
}

// reached is the node's runtime, by a way that no path tells.
type reached struct {
	how  string
	node string // the path on the node that leads to it; "" if the mention names what leads to it
}

const adviceReach = "add a daemon to the pod, and set DOCKER_HOST to it"

func reachOf(p kube.Pod) reach {
	r := reach{pid: p.True("hostPID"), network: p.True("hostNetwork")}
	for _, container := range p.Containers() {
		for _, env := range container.Get("env").Items() {
			if from := env.Text("valueFrom", "fieldRef", "fieldPath"); from == "status.hostIP" || from == "status.hostIPs" {
				r.addresses = append(r.addresses, env.Text("name"))
			}
		}
	}
	return r
}

// reach returns how a mention in a pod leads to the node's runtime without a path that is known to; ok is false if it
// does not.
func (c context) reach() (r reached, ok bool) {
	if !c.found || c.isRecord() {
		return r, false
	}
	for _, p := range c.facts.pods.around(c.path) {
		isEndpoint := c.m.Role == socket.Endpoint
		how, node := "", ""
		switch r := p.reach; {
		case isEndpoint && slices.ContainsFunc(r.addresses, func(name string) bool { return isExpanded(c.m.Path, name) }):
			how = "an endpoint at the node's address (status.hostIP)"
		case isEndpoint && r.network && !p.hasDaemon && isLoopbackAddress(c.m.Path):
			how = "an endpoint at the node's own address, since the pod has hostNetwork"
		case r.pid && strings.HasPrefix(c.m.Path, "/proc/1/root/"):
			how = "a path on the node, since /proc/1 is the node's first process in a pod with hostPID"
		case r.pid && c.m.IsSocket() && c.entersNode():
			how = "a path on the node if nsenter enters its mounts, which it can in a pod with hostPID"
		default:
			how, node = c.mountsNode(p)
		}
		if how != "" {
			return reached{how, node}, true
		}
	}
	return r, false
}

// isExpanded reports whether a variable is in an address, in the syntax of Kubernetes or of a shell.
func isExpanded(address, name string) bool {
	return strings.Contains(address, "$("+name+")") || strings.Contains(address, "${"+name+"}") ||
		strings.Contains(address, "$"+name+":")
}

func isLoopbackAddress(address string) bool {
	host, _, err := net.SplitHostPort(strings.TrimSuffix(address, "/"))
	return err == nil && socket.IsLoopback(host)
}

// entersNode reports whether the command that the mention is in has nsenter.
func (c context) entersNode() bool {
	words := append(c.field.Parent().Texts(), c.field.Text())
	return c.isOfContainer() && slices.ContainsFunc(words, func(w string) bool { return strings.Contains(w, "nsenter") })
}
