package config

import (
	"fmt"
	"slices"
)

// ownVariables maps variables of the daemon's container that dindify sets, or that would lead the probe's client
// elsewhere, to what to set instead.
var ownVariables = map[string]string{
	"DOCKER_CONTEXT":    "omit it: the daemon's container has one daemon",
	"DOCKER_HOST":       "set spec.client.transport",
	"DOCKER_TLS":        "set spec.client.transport",
	"DOCKER_TLS_VERIFY": "set spec.client.transport",
}

// ownFlags maps flags of dockerd that dindify sets, to what to set instead. dockerd uses the last value.
var ownFlags = map[string]string{
	"--data-root": "set spec.daemon.storage",
	"--exec-root": "omit it",
	"--group":     "omit it: the clients are in the socket's group",
	"-G":          "omit it: the clients are in the socket's group",
	"-g":          "set spec.daemon.storage",
}

// dockerd refuses variables and arguments that take the daemon from its clients, or that open it to other pods.
func (d *decoder) dockerd(c Daemon) {
	for i, e := range c.Env {
		path := fmt.Sprintf("spec.daemon.env[%d].name", i)
		if way := ownVariables[e.Name]; way != "" {
			d.problem(path, "%s would mislead the daemon's own client: %s", e.Name, way)
		}
	}
	for i, f := range flags(c.ExtraArgs) {
		path := fmt.Sprintf("spec.daemon.extraArgs[%d]", i)
		if way := ownFlags[f.name]; way != "" {
			d.problem(path, "%s is set by dindify: %s", f.name, way)
		}
		if _, open := OpenPort(f.value); open && slices.Contains(HostFlags, f.name) {
			d.problem(path, "%s opens Docker's API to every pod: set spec.client.transport", c.ExtraArgs[i])
		}
	}
}
