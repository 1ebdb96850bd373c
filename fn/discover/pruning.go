package discover

import (
	"slices"
	"strings"

	"github.com/boxp/dindify/fn/commands"
	"github.com/boxp/dindify/fn/evidence"
	"github.com/boxp/dindify/fn/pattern"
	"github.com/boxp/dindify/fn/socket"
)

// notInDaemonPattern matches commands that cannot run in the daemon's container: its image lacks the program, or only
// the node has the named container or image.
var notInDaemonPattern = pattern.Lazy(`(?:^|[;&|(]\s*|\s(?:do|then|else|sudo)\s+)(?:kubectl|helm|systemctl|service|crictl|nsenter|chroot|` +
	`apk|apt|apt-get|curl|ssh|rsync|aws|gcloud|az)\s[^;&|]*|` +
	commands.Docker + `(?:container\s+)?(?:` + commands.OnContainer + `|save)\s+(?:-\S+\s+)*[\w][^;&|]*`)

// signsOfOtherNeeds lists what the pruning containers need besides the socket. None of it exists in the daemon's
// container, where their commands will run.
func signsOfOtherNeeds(uses []*Use) []string {
	var signs []string
	for _, u := range uses {
		if !u.Mounted() {
			continue
		}
		if also := notInDaemonPattern().FindString(commands.All(u.Container)); also != "" {
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

// FindPruning finds the container that removes unused data of the node's daemon, and the command that shows it. A
// container that also runs or builds something is a client.
func FindPruning(uses []*Use) (by *Use, line string) {
	for _, u := range uses {
		if !u.Mounted() || u.Runtime != socket.Docker {
			continue
		}
		if commands.BuildOrRun().MatchString(commands.WithHooks(u.Container)) {
			return nil, ""
		}
		if command := commands.Of(u.Container); command != "" && line == "" {
			by, line = u, commands.Prune().FindString(command)
		}
		if known, ok := evidence.Of(u.Container.Text("image")); ok && known.Kind == evidence.Cleaner && line == "" {
			by, line = u, "the image "+known.Name
		}
	}
	return by, line
}
