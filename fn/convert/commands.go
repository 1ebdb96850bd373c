package convert

import (
	"regexp"
	"slices"
	"strings"

	"github.com/boxp/dindify/fn/evidence"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/pattern"
	"github.com/boxp/dindify/fn/socket"
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

// notInDaemonPattern matches commands that cannot run in the daemon's container: its image lacks the program, or only
// the node has the named container or image.
var notInDaemonPattern = pattern.Lazy(`(?:^|[;&|(]\s*|\s(?:do|then|else|sudo)\s+)(?:kubectl|helm|systemctl|service|crictl|nsenter|chroot|` +
	`apk|apt|apt-get|curl|ssh|rsync|aws|gcloud|az)\s[^;&|]*|` +
	docker + `(?:container\s+)?(?:` + onContainer + `|save)\s+(?:-\S+\s+)*[\w][^;&|]*`)

// signsOfOtherNeeds lists what the pruning containers need besides the socket. None of it exists in the daemon's
// container, where their commands will run.
func signsOfOtherNeeds(uses []*Use) []string {
	var signs []string
	for _, u := range uses {
		if !u.Mounted() {
			continue
		}
		if also := notInDaemonPattern().FindString(allCommands(u.Container)); also != "" {
			signs = append(signs, "also runs "+strings.TrimSpace(strings.TrimLeft(also, ";&|( ")))
		}
		for _, m := range u.Container.Mounts() {
			isSocket := slices.ContainsFunc(uses, func(other *Use) bool { return other.Mount.Is(m) })
			if at := m.Text("mountPath"); !isSocket && !slices.Contains(clocks, at) &&
				!u.Pod.Volume(m.Text("name")).Get("emptyDir").Exists() {
				signs = append(signs, "mounts "+at)
			}
		}
	}
	slices.Sort(signs)
	return slices.Compact(signs)
}

// clocks are files of the node that only change how a time is printed.
var clocks = []string{"/etc/localtime", "/etc/timezone"}

// findPruning finds the container that removes unused data of the node's daemon, and the command that shows it. A
// container that also runs or builds something is a client.
func findPruning(uses []*Use) (by *Use, line string) {
	for _, u := range uses {
		if !u.Mounted() || u.Runtime != socket.Docker {
			continue
		}
		if buildOrRunPattern().MatchString(commandsOf(u.Container)) {
			return nil, ""
		}
		if command := commandOf(u.Container); command != "" && line == "" {
			by, line = u, prunePattern().FindString(command)
		}
		if known, ok := evidence.Of(u.Container.Text("image")); ok && known.Kind == evidence.Cleaner && line == "" {
			by, line = u, "the image "+known.Name
		}
	}
	return by, line
}

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
