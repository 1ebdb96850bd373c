package convert

import (
	"slices"
	"strings"

	"github.com/boxp/dindify/fn/api"
	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/pattern"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/socket"
)

const tcpEndpoint = "tcp://localhost:2375"

var (
	// bind is the value of docker run -v: its left side is a path of the daemon's, its right side one of another
	// container's.
	bind = pattern.Lazy(`/[^\s"',:]*:/[^\s"',:]+(?::[\w,]+)?`)
	// socketPath is a path in a text, as an endpoint or alone.
	socketPath = pattern.Lazy(`(?:unix://)?/[^\s"',;:)\]}]*`)
)

// daemonSide are variables that name a path in the daemon's file system, not in the client's.
var daemonSide = []string{
	"TESTCONTAINERS_DOCKER_SOCKET_OVERRIDE", // testcontainers-java docs/features/configuration.md
}

// pointOtherEndpoints sees to variables, arguments and mounted files of an application's own that lead to the old
// socket. They keep working with a shared socket, which stands where the old one did, and with no other transport:
// there a variable that holds nothing else is changed, and the rest is named.
func (c *Conversion) pointOtherEndpoints(client *Client, cc clientContainer) {
	c.pointDaemonSide(cc)
	if c.Client.Transport == config.Unix {
		return
	}
	for _, v := range c.variables(cc.Container) {
		if v.name != "DOCKER_HOST" && !slices.Contains(daemonSide, v.name) {
			c.pointVariable(cc, v)
		}
	}
	for _, list := range []string{"command", "args"} {
		for _, arg := range cc.Get(list).Items() {
			if at := cc.leadsToSocket(arg.Text()); at != "" {
				arg.Warn(c.gone("this argument", at))
			}
		}
	}
	for _, t := range c.mountedTexts(client.Pod, cc.Container) {
		if !c.look(len(t.paths())) {
			return
		}
		c.sayGoneInText(client, cc, t)
	}
}

// pointDaemonSide corrects variables that name the socket in the daemon's file system: there it always is where Docker
// has it.
func (c *Conversion) pointDaemonSide(cc clientContainer) {
	for _, v := range c.variables(cc.Container) {
		if slices.Contains(daemonSide, v.name) && v.value != "" && socket.Normalize(v.value) != "/run/docker.sock" {
			set(cc.Container, api.EnvVar{Name: v.name, Value: strings.TrimPrefix(defaultSocket, "unix://")},
				report.Because(report.EnvSet, "a path of the daemon's, which has its socket at /var/run/docker.sock"))
		}
	}
}

func (c *Conversion) pointVariable(cc clientContainer, v variable) {
	switch at := cc.leadsToSocket(v.value); {
	case at == "":
	case at == v.value && strings.HasPrefix(at, "unix://") && c.Client.Transport == config.TCP:
		set(cc.Container, api.EnvVar{Name: v.name, Value: tcpEndpoint},
			report.Because(report.EnvSet, "led to the socket that is not there any more"))
	case v.from != "":
		v.field.Warn(c.gone(v.name+" of "+v.from, at))
	default:
		v.field.Warn(c.gone(v.name, at))
	}
}

// sayGoneInText names the lines of a mounted file that lead to the old socket. Other workloads may read the same file,
// and what a program makes of another endpoint there is not known: the object stays as it is.
func (c *Conversion) sayGoneInText(client *Client, cc clientContainer, t *sourceEntry) {
	said := 0 // the line
	for _, p := range t.paths() {
		if p.line != said && cc.sockets[p.path] {
			said = p.line
			client.report.Add(t.field.Warning(report.Because(report.DockerHostForeign,
				"line %d names %s, and container %s of %s, which mounts this, has no socket any more: choose "+
					"spec.client.transport Unix, or write %s there",
				p.line, p.at, cc.Name(), client.ref, c.connectionEndpoint())))
		}
	}
}

func (c *Conversion) gone(what, endpoint string) report.Reason {
	return report.Because(report.DockerHostForeign, "%s leads to %s, which is not there any more: choose "+
		"spec.client.transport Unix, or change it to %s",
		what, endpoint, c.connectionEndpoint())
}

// connectionEndpoint is where the daemon listens for clients that have no socket.
func (c *Conversion) connectionEndpoint() string {
	if c.Client.Transport == config.TLS {
		return "tcp://localhost:2376, with the certificates in " + clientCerts
	}
	return tcpEndpoint
}

// leadsToSocket is what in a text names a socket which the container mounted, as an endpoint or by its path; "" where
// nothing does.
func (cc clientContainer) leadsToSocket(text string) string {
	for _, p := range pathsOf(text) {
		if cc.sockets[p.path] {
			return p.at
		}
	}
	return ""
}
