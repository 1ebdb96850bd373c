package kube

import "github.com/boxp/dindify/fn/yamldoc"

// handlers lists the fields of a container with an action of the kubelet: probes and lifecycle hooks.
var handlers = [][]string{
	{"livenessProbe"}, {"readinessProbe"}, {"startupProbe"}, {"lifecycle", "postStart"}, {"lifecycle", "preStop"},
}

// CommandLine returns the command with its arguments, as the manifest gives them.
func (c Container) CommandLine() []string {
	return append(c.Texts("command"), c.Texts("args")...)
}

// ExecActions returns the commands of the container's probes and lifecycle hooks, each a list of words.
func (c Container) ExecActions() []Field {
	return c.actions([]string{"exec", "command"})
}

// NetworkActions returns the actions of the container's probes and lifecycle hooks that connect to a host and a port.
func (c Container) NetworkActions() []Field {
	return c.actions([]string{"httpGet"}, []string{"tcpSocket"})
}

// actions returns the fields at some paths of the container's handlers.
func (c Container) actions(paths ...[]string) (all []Field) {
	for _, handler := range handlers {
		if yamldoc.Get(c.node, handler...) == nil {
			continue
		}
		at := c.Get(handler...)
		for _, path := range paths {
			if f := at.Get(path...); f.Exists() {
				all = append(all, f)
			}
		}
	}
	return all
}

// Commands returns all lists of words of commands that run in the container: its command, its arguments, and its
// ExecActions.
func (c Container) Commands() []Field {
	return append([]Field{c.Get("command"), c.Get("args")}, c.ExecActions()...)
}
