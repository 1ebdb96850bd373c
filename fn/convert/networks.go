package convert

import (
	"regexp"
	"slices"
	"strings"

	"github.com/boxp/dindify/fn/commands"
	"github.com/boxp/dindify/fn/pattern"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/sources"
)

var (
	// networkOption matches the option of docker run, and those of GitLab Runner and Selenoid.
	networkOption = pattern.Lazy(`(?:` + commands.Docker + `(?:container\s+|compose\s+)?(?:run|create)\s[^;&|\n]*?--net(?:work)?|` +
		`--docker-network-mode|-container-network)(?:=|\s+)["']?([\w][\w.-]*)`)
	// networkCreated matches the command that makes one.
	networkCreated = pattern.Lazy(commands.Docker + `network\s+create\b`)
	// tomlNetwork is a line of GitLab Runner's configuration.
	tomlNetwork = pattern.Lazy(`^\s*network_mode\s*=\s*["']([\w.-]+)["']`)
	// yamlNetwork is a line of the configurations of act's runners, and of Jenkins' Docker cloud.
	yamlNetwork = pattern.Lazy(`^\s*["']?network["']?\s*:\s*["']?([\w][\w.-]*)`)
	// yamlNetworkReader matches the keys beside it there.
	yamlNetworkReader = pattern.Lazy(`\b(?:docker_host|valid_volumes|dockerTemplateBase)\b`)
)

// networkVariables lists variables with the names of networks that containers join.
var networkVariables = []string{
	"DOCKER_NETWORK_MODE",               // GitLab Runner docs/executors/docker.md
	"DRONE_RUNNER_NETWORKS",             // drone-runner-docker command/daemon/config.go
	"WOODPECKER_BACKEND_DOCKER_NETWORK", // woodpecker docs, backends/docker
}

// builtInNetworks are there in every daemon.
var builtInNetworks = []string{"bridge", "default", "host", "none"}

// warnOfNetworks warns of networks that containers of the client join: the node's Docker had them, and a new daemon
// has only its own. Docker creates missing volumes, but no networks.
func warnOfNetworks(c *converter, client *Client) {
	for _, container := range client.Containers() {
		if createsNetwork(commands.WithHooks(container)) {
			return // it may be any of them
		}
	}
	for _, container := range client.socketContainers() {
		for _, v := range c.sources.Variables(container.Container) {
			if slices.Contains(networkVariables, v.Name) {
				for _, name := range networksOf(strings.Split(v.Value, ",")) {
					v.Field.Warn(noNetwork(name))
				}
			}
		}
		for _, list := range container.Commands() {
			for _, name := range networksIn(networkOption(), strings.Join(list.Texts(), " ")) {
				list.Warn(noNetwork(name))
			}
		}
		for _, t := range c.sources.Files(client.Pod, container.Container) {
			networks := networkSearch.In(t.Entry)
			if !c.lookups.Add(1 + len(networks)) {
				return
			}
			for _, name := range networks {
				client.warnAt(t.Field, noNetwork(name))
			}
		}
	}
}

// createsNetwork reports whether a command or a file makes a network.
func createsNetwork(text string) bool {
	return strings.Contains(text, "network") && networkCreated().MatchString(text)
}

func noNetwork(name string) report.Reason {
	return report.Because(report.NodeNetwork, "containers join the network %s of the node's Docker, which the daemon "+
		"does not have: they fail with \"network %[1]s not found\"; remove the setting, or let an init container that "+
		"mounts the socket run docker network create %[1]s", name)
}

var networkSearch = sources.NewSearch(func(e *sources.Entry) []string { return networksInText(e.Text) })

// networksInText returns the networks that a file names, if its reader is known.
func networksInText(text string) []string {
	if !strings.Contains(text, "net") || createsNetwork(text) {
		return nil
	}
	var all []string
	isYAML := yamlNetworkReader().MatchString(text)
	for line := range strings.Lines(text) {
		if commands.IsComment(line) {
			continue
		}
		all = append(all, networksIn(networkOption(), line)...)
		all = append(all, networksIn(tomlNetwork(), line)...)
		if isYAML {
			all = append(all, networksIn(yamlNetwork(), line)...)
		}
	}
	return networksOf(all)
}

// networksIn returns the networks that a pattern finds. Every match has the letters net.
func networksIn(pattern *regexp.Regexp, text string) []string {
	if !strings.Contains(text, "net") {
		return nil
	}
	var names []string
	for _, m := range pattern.FindAllStringSubmatch(text, -1) {
		names = append(names, m[1])
	}
	return networksOf(names)
}

// networksOf returns the names that are not built in, each once.
func networksOf(names []string) (all []string) {
	for _, name := range names {
		name = strings.TrimSpace(name)
		if name != "" && !slices.Contains(builtInNetworks, name) && !slices.Contains(all, name) {
			all = append(all, name)
		}
	}
	return all
}
