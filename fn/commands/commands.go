// Package commands reads the command lines of containers, and the lines of scripts and configuration files: which
// commands of Docker they run, and which Docker endpoints they name. It knows only containers and texts.
package commands

import (
	"regexp"
	"slices"
	"strings"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/pattern"
)

// Docker matches the start of a Docker command, with global options.
const Docker = `\bdocker(?:\s+-[^\s]+(?:\s+\w+://\S+)?)*\s+`

// Patterns of command lines.
var (
	// Prune removes what Docker keeps.
	Prune = pattern.Lazy(Docker + `(system|image|images|container|volume|builder|buildx|network)\s+prune\b|` + Docker +
		`(image\s+|container\s+)?(rmi|rm)\b|\bdocker-gc\b|\bdocker-clean`)
	// BuildOrRun makes, moves or starts images and containers: a client does.
	BuildOrRun = pattern.Lazy(Docker +
		`((image|container)\s+)?(run|build|buildx\s+(build|bake)|push|pull|compose|login|create|tag|load|import|stack|swarm)\b|\bdocker-compose\b|` +
		startsNodes)
	// Run starts containers, or builds images.
	Run = pattern.Lazy(Docker + `((image|container)\s+)?(run|create|build|buildx\s+(build|bake)|compose)\b|` +
		`\bdocker-compose\b|` + startsNodes)
	startsNodesPattern = pattern.Lazy(startsNodes)
)

// testClusters lists the programs of startsNodes.
var testClusters = []string{"kind", "k3d", "minikube"}

// startsNodes matches commands that start the nodes of a test cluster as containers.
const startsNodes = `\bkind\s+create\s+cluster\b|\bk3d\s+cluster\s+create\b|\bminikube\s+start\b`

// OnContainer lists Docker's commands for a container that exists.
const OnContainer = `attach|commit|cp|diff|exec|export|inspect|kill|logs|pause|port|rename|restart|start|stop|top|` +
	`unpause|update|wait`

// Of returns a container's own command line if it is about Docker: it tells the purpose of the container. The
// patterns above search it.
func Of(c kube.Container) string { return ifAboutDocker(strings.Join(InDaemon(c), " ")) }

// WithHooks returns the same with the commands of the container's probes and hooks, which also use the socket.
func WithHooks(c kube.Container) string { return ifAboutDocker(All(c)) }

func ifAboutDocker(line string) string {
	if !strings.Contains(line, "docker") && !StartsTestCluster(line) {
		return ""
	}
	return line
}

// StartsTestCluster reports whether a line starts the nodes of a test cluster as containers. Most lines name none of
// the programs, which takes less time to find than that the expression does not match.
func StartsTestCluster(line string) bool {
	return slices.ContainsFunc(testClusters, func(name string) bool { return strings.Contains(line, name) }) &&
		startsNodesPattern().MatchString(line)
}

// All returns a container's command line and those of its probes and hooks, separated as in a shell.
func All(c kube.Container) string {
	all := []string{strings.Join(InDaemon(c), " ")}
	for _, list := range c.ExecActions() {
		all = append(all, strings.Join(list.Texts(), " "))
	}
	return strings.Join(all, "; ")
}

// Find calls a function with what matches a pattern in each command of a container, and with the field of
// it. The pattern may begin in command and end in args: then the field is args.
func Find(c kube.Container, pattern *regexp.Regexp, found func(at kube.Field, match string)) {
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
		search(args, InDaemon(c))
	}
	for _, list := range c.ExecActions() {
		search(list, list.Texts())
	}
}
