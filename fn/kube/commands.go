package kube

// execActions lists the fields of a container with a command that the kubelet runs in it: those of probes and of
// lifecycle hooks.
var execActions = [][]string{
	{"livenessProbe", "exec", "command"},
	{"readinessProbe", "exec", "command"},
	{"startupProbe", "exec", "command"},
	{"lifecycle", "postStart", "exec", "command"},
	{"lifecycle", "preStop", "exec", "command"},
}

// CommandLine returns the command with its arguments, as the manifest gives them.
func (c Container) CommandLine() []string {
	return append(c.Texts("command"), c.Texts("args")...)
}

// ExecActions returns the commands of the container's probes and lifecycle hooks, each a list of words.
func (c Container) ExecActions() []Field {
	var all []Field
	for _, path := range execActions {
		if list := c.Get(path...); list.Exists() {
			all = append(all, list)
		}
	}
	return all
}

// Commands returns all lists of words of commands that run in the container: its command, its arguments, and its
// ExecActions.
func (c Container) Commands() []Field {
	return append([]Field{c.Get("command"), c.Get("args")}, c.ExecActions()...)
}
