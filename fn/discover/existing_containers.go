package discover

import (
	"strings"

	"github.com/boxp/dindify/fn/commands"
	"github.com/boxp/dindify/fn/evidence"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/pattern"
)

// existingPattern matches commands that need an existing container: one of that name, or those of the node.
var existingPattern = pattern.Lazy(commands.Docker + `(?:container\s+)?(?:(?:` + commands.OnContainer +
	`)\s+[^\s;&|]|(?:events|stats)\b)[^;&|]*`)

// listPattern matches a command that lists the node's containers. It is also used to wait until a daemon answers.
var listPattern = pattern.Lazy(commands.Docker + `(?:ps|container\s+ls)\b[^;&|]*`)

// startsContainers reports whether the image of a container starts containers, whatever its command is.
func startsContainers(c kube.Container) bool {
	known, ok := evidence.Of(c.Text("image"))
	return ok && known.Kind == evidence.Client && !known.Role.ByCommandOnly
}

// needsExisting returns the first command of a pod that needs the node's containers; "" if one of its containers may
// start containers itself, by a command or because of its image. A probe or a hook may name such containers.
func needsExisting(uses []*Use) (command string) {
	for _, u := range uses {
		if !u.Mounted() {
			continue
		}
		line := commands.Of(u.Container)
		if commands.BuildOrRun().MatchString(commands.WithHooks(u.Container)) || startsContainers(u.Container) {
			return ""
		}
		if command == "" {
			command = existingPattern().FindString(line)
		}
		if known, ok := evidence.Of(u.Container.Text("image")); command == "" && ok && known.Role.ByCommandOnly {
			command = listPattern().FindString(line)
		}
	}
	return strings.TrimSpace(command)
}
