package convert

import (
	"slices"

	"github.com/boxp/dindify/fn/api"
	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/engine"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
)

// dockerhost sets DOCKER_HOST in the client containers, removes variables of the old connection, and sets the
// configured variables and resources.
func dockerhost(c *converter, client *Client) {
	for _, container := range client.socketContainers() {
		c.pointContainer(client, container)
	}
}

func (c *converter) pointContainer(client *Client, cc clientContainer) {
	for _, e := range c.finder.Foreign(client.Pod, cc.Container, cc.uses) {
		cc.Warn(report.Because(report.DockerHostForeign, "had %s: converted because the annotation says so", e))
	}
	c.pointOtherEndpoints(client, cc)
	for _, name := range connectionEnv[1:] {
		if c.Client.Transport != config.TLS {
			unset(cc.Container, name, report.Because(report.EnvRemoved, "%s configured the old connection", name))
		}
	}
	for _, name := range c.Client.UnsetEnv {
		unset(cc.Container, name, report.Because(report.EnvRemoved, "%s is in spec.client.unsetEnv", name))
	}
	for _, v := range c.connection(cc.socketEndpoint()) {
		set(cc.Container, v, report.Because(report.DockerHostSet, "points at the daemon in the pod"))
	}
	for _, v := range c.Client.Env {
		set(cc.Container, v, report.Because(report.EnvSet, "set by spec.client.env"))
	}
	cc.Get("env").Prune()
	if r := c.Client.Resources; cc.List == "containers" && len(r.Limits)+len(r.Requests) > 0 {
		cc.Set("resources", r, report.Because(report.ResourcesSet, "set by spec.client.resources"))
	}
}

// connectionEnv lists the variables by which a Docker client finds its daemon; the first one is the endpoint.
var connectionEnv = []string{"DOCKER_HOST", "DOCKER_TLS_VERIFY", "DOCKER_CERT_PATH"}

// The daemon's endpoints over TCP, without and with TLS.
const (
	tcpEndpoint = "tcp://localhost:" + engine.TCPPort
	tlsEndpoint = "tcp://localhost:" + engine.TLSPort
)

// connection returns the variables by which a Docker client finds the daemon, with its socket where the transport is
// Unix. DOCKER_HOST is set even to the default value, so that no context or configuration file in the image takes
// precedence.
func (c *converter) connection(socket string) []api.EnvVar {
	switch c.Client.Transport {
	case config.TCP:
		return []api.EnvVar{{Name: "DOCKER_HOST", Value: tcpEndpoint}}
	case config.TLS:
		return []api.EnvVar{
			{Name: "DOCKER_HOST", Value: tlsEndpoint},
			{Name: "DOCKER_TLS_VERIFY", Value: "1"},
			{Name: "DOCKER_CERT_PATH", Value: clientCerts},
		}
	}
	return []api.EnvVar{{Name: "DOCKER_HOST", Value: socket}}
}

// socketEndpoint returns the socket by which the container finds its daemon: if there are several, the one that it
// used so far.
func (cc clientContainer) socketEndpoint() string {
	for _, u := range cc.uses {
		if endpoint := "unix://" + u.SocketPath(); endpoint == cc.Env("DOCKER_HOST").Text("value") {
			return endpoint
		}
	}
	return "unix://" + cc.uses[0].SocketPath()
}

// fieldVariable returns a variable whose value is that of a field of the pod.
func fieldVariable(name, fieldPath string) api.EnvVar {
	return api.EnvVar{
		Name: name, ValueFrom: &api.EnvVarSource{FieldRef: &api.ObjectFieldSelector{FieldPath: fieldPath}},
	}
}

func unset(container kube.Container, name string, why report.Reason) {
	for _, v := range container.Envs(name) {
		v.Delete(why)
	}
}

// set sets a variable of a container, and replaces existing ones of that name. An empty value is omitted, as the API
// server does: otherwise Argo CD would show a permanent difference.
func set(container kube.Container, v api.EnvVar, why report.Reason) {
	old := container.Envs(v.Name)
	if len(old) == 0 {
		container.Get("env").Append(v, why)
	}
	hasNoValue := func(f kube.Field) bool { return !f.Get("value").Exists() }
	replaces := v.ValueFrom != nil || v.Value == "" || slices.ContainsFunc(old, hasNoValue)
	for _, f := range old {
		if replaces {
			f.Replace(v, why)
		} else {
			f.Set("value", v.Value, why)
		}
	}
}
