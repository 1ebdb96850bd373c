package convert

import (
	"slices"

	"github.com/boxp/dindify/fn/image"
	"github.com/boxp/dindify/fn/kube"
)

// daemonPrograms are the programs of Docker's image with which a job's command can begin, by their paths there.
var daemonPrograms = []string{
	"/bin/ash", "/bin/nice", "/bin/sh", "/usr/bin/env", "/usr/bin/time", "/usr/bin/timeout", "/usr/local/bin/docker",
	"ash", "docker", "env", "nice", "sh", "time", "timeout",
}

// commandInDaemon returns the command line of a job's container as the daemon's container runs it. The entrypoint of
// Docker's image runs docker with the arguments, unless they begin with a program (docker-library/docker,
// docker-entrypoint.sh).
func commandInDaemon(c kube.Container) []string {
	line := c.CommandLine()
	if len(line) > 0 && len(c.Texts("command")) == 0 && image.Base(c.Text("image")) == "docker" &&
		!slices.Contains(daemonPrograms, line[0]) {
		return append([]string{"docker"}, line...)
	}
	return line
}

// missingProgram says which program of a job's container the daemon's image lacks; "" if it has it.
func missingProgram(c kube.Container) string {
	switch line := commandInDaemon(c); {
	case len(line) == 0:
		return "the program of its image, which the daemon's image lacks"
	case !slices.Contains(daemonPrograms, line[0]):
		return line[0] + ", which the daemon's image lacks"
	}
	return ""
}
