package convert

import (
	"regexp"
	"slices"
	"strings"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/pattern"
)

// docker matches the start of a Docker command, with global options.
const docker = `\bdocker(?:\s+-[^\s]+(?:\s+\w+://\S+)?)*\s+`

var (
	prunePattern = pattern.Lazy(docker + `(system|image|images|container|volume|builder|buildx|network)\s+prune\b|` + docker +
		`(image\s+|container\s+)?(rmi|rm)\b|\bdocker-gc\b|\bdocker-clean`)
	buildOrRunPattern = pattern.Lazy(docker +
		`((image|container)\s+)?(run|build|buildx\s+(build|bake)|push|pull|compose|login|create|tag|load|import|stack|swarm)\b|\bdocker-compose\b|` +
		startsNodes)
	runPattern = pattern.Lazy(docker + `((image|container)\s+)?(run|create|build|buildx\s+(build|bake)|compose)\b|` +
		`\bdocker-compose\b|` + startsNodes)
	startsNodesPattern = pattern.Lazy(startsNodes)
)

// testClusters lists the programs of startsNodes.
var testClusters = []string{"kind", "k3d", "minikube"}

// startsNodes matches commands that start the nodes of a test cluster as containers.
const startsNodes = `\bkind\s+create\s+cluster\b|\bk3d\s+cluster\s+create\b|\bminikube\s+start\b`

// onContainer lists Docker's commands for a container that exists.
const onContainer = `attach|commit|cp|diff|exec|export|inspect|kill|logs|pause|port|rename|restart|start|stop|top|` +
	`unpause|update|wait`

// commandOf returns a container's own command line if it is about Docker: it tells the purpose of the container. The
// patterns above search it.
func commandOf(c kube.Container) string { return ifAboutDocker(strings.Join(commandInDaemon(c), " ")) }

// commandsOf returns commandOf with the commands of the container's probes and hooks, which also use the socket.
func commandsOf(c kube.Container) string { return ifAboutDocker(allCommands(c)) }

func ifAboutDocker(line string) string {
	if !strings.Contains(line, "docker") && !startsTestCluster(line) {
		return ""
	}
	return line
}

// startsTestCluster reports whether a line starts the nodes of a test cluster as containers. Most lines name none of
// the programs, which takes less time to find than that the expression does not match.
func startsTestCluster(line string) bool {
	return slices.ContainsFunc(testClusters, func(name string) bool { return strings.Contains(line, name) }) &&
		startsNodesPattern().MatchString(line)
}

// allCommands returns a container's command line and those of its probes and hooks, separated as in a shell.
func allCommands(c kube.Container) string {
	all := []string{strings.Join(commandInDaemon(c), " ")}
	for _, list := range c.ExecActions() {
		all = append(all, strings.Join(list.Texts(), " "))
	}
	return strings.Join(all, "; ")
}

// findInCommands calls a function with what matches a pattern in each command of a container, and with the field of
// it. The pattern may begin in command and end in args: then the field is args.
func findInCommands(c kube.Container, pattern *regexp.Regexp, found func(at kube.Field, match string)) {
	isFound := false
	search := func(at kube.Field, words []string) {
		if match := pattern.FindString(strings.Join(words, " ")); match != "" {
			isFound = true
			found(at, match)
		}
	}
	command, args := c.Get("command"), c.Get("args")
	search(command, command.Texts())
	search(args, args.Texts())
	if !isFound {
		search(args, commandInDaemon(c))
	}
	for _, list := range c.ExecActions() {
		search(list, list.Texts())
	}
}
