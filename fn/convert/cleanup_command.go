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

// dockerCommands are the commands of Docker's client. The entrypoint of Docker's image runs docker with arguments that
// begin with one of them, or with an option, and runs other arguments as they are (docker-library/docker,
// docker-entrypoint.sh).
var dockerCommands = []string{
	"attach", "build", "builder", "buildx", "commit", "compose", "config", "container", "context", "cp",
	"create", "diff", "events", "exec", "export", "history", "image", "images", "import", "info", "inspect",
	"kill", "load", "login", "logout", "logs", "manifest", "network", "node", "pause", "plugin", "port",
	"ps", "pull", "push", "rename", "restart", "rm", "rmi", "run", "save", "search", "secret", "service",
	"stack", "start", "stats", "stop", "swarm", "system", "tag", "top", "trust", "unpause", "update",
	"version", "volume", "wait",
}

// commandInDaemon returns the command line of a container as the daemon's container runs it: with the program that the
// entrypoint of Docker's image adds.
func commandInDaemon(c kube.Container) []string {
	line := c.CommandLine()
	if len(line) > 0 && len(c.Texts("command")) == 0 && image.Base(c.Text("image")) == "docker" &&
		(line[0] != "" && line[0][0] == '-' || slices.Contains(dockerCommands, line[0])) {
		return append([]string{"docker"}, line...)
	}
	return line
}

// missingProgram returns the program of a job's container that the daemon's image lacks; "" if it has it.
func missingProgram(c kube.Container) string {
	switch line := commandInDaemon(c); {
	case len(line) == 0:
		return "the program of its image, which the daemon's image lacks"
	case !slices.Contains(daemonPrograms, line[0]):
		return line[0] + ", which the daemon's image lacks"
	}
	return ""
}
