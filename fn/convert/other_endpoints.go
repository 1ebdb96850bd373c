package convert

import (
	"slices"
	"strings"

	"github.com/boxp/dindify/fn/api"
	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/engine"
	"github.com/boxp/dindify/fn/pattern"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/socket"
	"github.com/boxp/dindify/fn/sources"
)

var (
	// bindPattern matches the value of docker run -v: its left side is a path for the daemon, its right side one in
	// another container.
	bindPattern = pattern.Lazy(`/[^\s"',:]*:/[^\s"',:]+(?::[\w,]+)?`)
	// socketPath matches a path in a text, as an endpoint or alone.
	socketPath = pattern.Lazy(`(?:unix://)?/[^\s"',;:)\]}]*`)
)

// daemonSide lists variables with a path in the daemon's file system, not in the client's.
var daemonSide = []string{
	"TESTCONTAINERS_DOCKER_SOCKET_OVERRIDE", // testcontainers-java docs/features/configuration.md
}

// pointOtherEndpoints handles an application's own variables, arguments and mounted files that lead to the old
// socket. They keep working with a shared socket, which has the same path. With other transports a variable with only
// that value is changed, and the rest is reported.
func (c *converter) pointOtherEndpoints(client *Client, cc clientContainer) {
	c.pointDaemonSide(cc)
	if c.Client.Transport == config.Unix {
		return
	}
	sockets := cc.sockets()
	for _, v := range c.sources.Variables(cc.Container) {
		if v.Name != "DOCKER_HOST" && !slices.Contains(daemonSide, v.Name) {
			c.pointVariable(cc, v, sockets)
		}
	}
	for _, list := range cc.Commands() {
		for _, arg := range list.Items() {
			if at := namedSocket(arg.Text(), sockets); at != "" {
				arg.Warn(c.gone("this argument", at))
			}
		}
	}
	for _, t := range c.sources.Files(client.Pod, cc.Container) {
		if !c.lookups.Add(len(socketPaths.In(t.Entry))) {
			return
		}
		c.warnOfGoneEndpoint(client, cc, t, sockets)
	}
}

// pointDaemonSide corrects variables with a socket path in the daemon's file system, where it is always Docker's
// default.
func (c *converter) pointDaemonSide(cc clientContainer) {
	for _, v := range c.sources.Variables(cc.Container) {
		if slices.Contains(daemonSide, v.Name) && v.Value != "" && socket.Normalize(v.Value) != "/run/docker.sock" {
			set(cc.Container, api.EnvVar{Name: v.Name, Value: strings.TrimPrefix(engine.DefaultSocket, "unix://")},
				report.Because(report.EnvSet, "a path in the daemon, which has its socket at /var/run/docker.sock"))
		}
	}
}

func (c *converter) pointVariable(cc clientContainer, v sources.Variable, sockets map[string]bool) {
	switch at := namedSocket(v.Value, sockets); {
	case at == "":
	case at == v.Value && strings.HasPrefix(at, "unix://") && c.Client.Transport == config.TCP:
		set(cc.Container, api.EnvVar{Name: v.Name, Value: tcpEndpoint},
			report.Because(report.EnvSet, "pointed to the socket, which no longer exists"))
	case v.From != "":
		v.Field.Warn(c.gone(v.Name+" of "+v.From, at))
	default:
		v.Field.Warn(c.gone(v.Name, at))
	}
}

// warnOfGoneEndpoint reports the lines of a mounted file that lead to the old socket. Other workloads may read the same
// file, and the effect of another endpoint is unknown, so the object is not changed.
func (c *converter) warnOfGoneEndpoint(client *Client, cc clientContainer, t sources.File, sockets map[string]bool) {
	reported := 0 // the line
	for _, p := range socketPaths.In(t.Entry) {
		if p.line != reported && sockets[p.path] {
			reported = p.line
			client.warnAt(t.Field, report.Because(report.DockerHostForeign,
				"line %d names %s, but container %s of %s, which has this file, no longer has a socket: choose "+
					"spec.client.transport Unix, or write %s there",
				p.line, p.at, cc.Name(), client.ref, c.connectionEndpoint()))
		}
	}
}

func (c *converter) gone(what, endpoint string) report.Reason {
	return report.Because(report.DockerHostForeign, "%s leads to %s, which no longer exists: choose "+
		"spec.client.transport Unix, or change it to %s", what, endpoint, c.connectionEndpoint())
}

// connectionEndpoint returns the daemon's address for clients without a socket.
func (c *converter) connectionEndpoint() string {
	if c.Client.Transport == config.TLS {
		return tlsEndpoint + ", with the certificates in " + clientCerts
	}
	return tcpEndpoint
}

// namedSocket returns the part of a text that names one of the sockets, as an endpoint or by its path, or "".
func namedSocket(text string, sockets map[string]bool) string {
	for _, p := range pathsOf(text) {
		if sockets[p.path] {
			return p.at
		}
	}
	return ""
}
