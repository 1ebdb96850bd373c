package convert

import (
	"slices"
	"strings"

	"github.com/boxp/dindify/fn/commands"
	"github.com/boxp/dindify/fn/report"
)

// warnOfPrunes warns if a client also prunes, such as a script that builds and then cleans up: it now prunes
// its own daemon, and nothing prunes the node.
func warnOfPrunes(_ *converter, client *Client) {
	for _, container := range client.socketContainers() {
		commands := commands.Prune().FindAllString(commands.WithHooks(container.Container), -1)
		i := slices.IndexFunc(commands, func(command string) bool { return strings.HasSuffix(command, "prune") })
		if i < 0 {
			continue
		}
		container.Warn(report.Because(report.PrunesOwn, "runs %s, which now prunes the daemon of its own pod, not the "+
			"node's: if it must also prune for other workloads, move it to a separate CronJob", commands[i]))
	}
}
