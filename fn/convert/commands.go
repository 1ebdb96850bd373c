package convert

import (
	"strings"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/pattern"
	"github.com/boxp/dindify/fn/socket"
)

// docker begins a command of Docker's, with the options that may stand before its name.
const docker = `\bdocker(?:\s+-[^\s]+(?:\s+\w+://\S+)?)*\s+`

var (
	prunes  = pattern.Lazy(docker + `(system|image|images|container|volume|builder|buildx|network)\s+prune\b|` + docker + `(image\s+|container\s+)?(rmi|rm)\b|\bdocker-gc\b|\bdocker-clean`)
	works   = pattern.Lazy(docker + `((image|container)\s+)?(run|build|buildx\s+(build|bake)|push|pull|compose|login|create|start|exec|cp|tag|load|import|commit|stack|swarm)\b|\bdocker-compose\b`)
	dockerd = pattern.Lazy(`\bdockerd(-\S+)?\b`)
)

// pruning finds the container that removes what the node's daemon does not need any more, and the command by which it
// shows. One that also runs or builds something is a client, whatever it tidies up afterwards.
func pruning(uses []*Use) (by *Use, line string) {
	for _, u := range uses {
		if !u.Mounted() || u.Runtime != socket.Docker {
			continue
		}
		if command := commandOf(u.Container); command != "" {
			if works().MatchString(command) {
				return nil, ""
			}
			if line == "" {
				by, line = u, prunes().FindString(command)
			}
		}
		if known := knownImage(u.Container.Text("image"), cleaners); known != "" && line == "" {
			by, line = u, "the image "+known
		}
	}
	return by, line
}

// commandOf is a container's command line, where it is about Docker; it is what the patterns above look into.
func commandOf(c kube.Container) string {
	line := strings.Join(c.CommandLine(), " ")
	if !strings.Contains(line, "docker") {
		return ""
	}
	return line
}

// isDaemon says whether a container runs a Docker daemon: an image that has one, unless it is started with another
// command, as CI systems do that want only the client in it.
func isDaemon(c kube.Container) bool {
	if line := commandOf(c); line != "" && dockerd().MatchString(line) {
		return true
	}
	return isDaemonImage(c.Text("image")) && (len(c.Texts("command")) == 0 && !isProgram(c.CommandLine()))
}

// isProgram is true of arguments that begin with a program, which the image's entrypoint then runs instead of dockerd.
func isProgram(args []string) bool { return len(args) > 0 && !strings.HasPrefix(args[0], "-") }
