package convert

import (
	"strings"

	"github.com/boxp/dindify/fn/report"
)

// warnOfPruningItself says where a client also prunes, such as a script that builds and tidies up afterwards: it prunes
// its own daemon then, and nothing prunes the node.
func warnOfPruningItself(_ *Conversion, client *Client) {
	for _, container := range client.socketContainers() {
		command := prunes().FindString(commandOf(container.Container))
		if !strings.HasSuffix(command, "prune") {
			continue
		}
		container.Warn(report.Because(report.PrunesOwn, "runs %s, which prunes the daemon of its own pod now, and not the "+
			"node's any more: where it is to prune for others too, put it into a CronJob of its own", command))
	}
}
