package commands

import (
	"slices"
	"strings"

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

// InDaemon returns the command line of a container as the daemon's container runs it: with the program that the
// entrypoint of Docker's image adds.
func InDaemon(c kube.Container) []string {
	line := c.CommandLine()
	if len(line) > 0 && len(c.Texts("command")) == 0 && image.Base(c.Text("image")) == "docker" &&
		(line[0] != "" && line[0][0] == '-' || slices.Contains(dockerCommands, line[0])) {
		return append([]string{"docker"}, line...)
	}
	return line
}

// UnfitForDaemon returns why the command of a job's container cannot run in the daemon's; "" if it can. There the
// socket is at Docker's default path, wherever the job mounts the node's.
func UnfitForDaemon(c kube.Container) string {
	line := InDaemon(c)
	switch {
	case len(line) == 0:
		return "begins with the program of its image, which the daemon's image lacks"
	case !slices.Contains(daemonPrograms, line[0]):
		return "begins with " + line[0] + ", which the daemon's image lacks"
	}
	for _, e := range EndpointsIn(strings.Join(line, " ")) {
		if p, isUnix := strings.CutPrefix(e.Value, "unix://"); isUnix && e.IsDocker() && !slices.Contains(daemonSockets, p) {
			return "names " + e.Value + ", which the daemon's container does not have"
		}
	}
	return ""
}

// daemonSockets are paths of the socket in the daemon's container.
var daemonSockets = []string{"/run/docker.sock", "/var/run/docker.sock"}
