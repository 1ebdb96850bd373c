package convert

import (
	"strconv"
	"strings"

	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/pattern"
	"github.com/boxp/dindify/fn/report"
)

var (
	// changesGroup matches chgrp, and chown with a group, on a socket.
	changesGroup = pattern.Lazy(`\b(?:chgrp\s+(?:-\S+\s+)*|chown\s+(?:-\S+\s+)*[^\s:;&|]*:)([^\s;&|]+)` +
		`\s[^;&|\n]*docker\.sock\b`)
	// changesFile matches any change of a socket's owner, group or mode.
	changesFile = pattern.Lazy(`\b(?:chgrp|chown|chmod|setfacl)\s[^;&|\n]*docker\.sock\b`)
)

// warnOfSocketOwner warns of commands that made the node's socket usable for one group. The daemon in the pod sets
// the group of its socket at start, and the clean-up relies on that group.
func warnOfSocketOwner(c *converter, client *Client) {
	for _, container := range client.socketContainers() {
		c.warnOfCommand(container.Field, container.CommandLine())
		for _, list := range container.ExecActions() {
			c.warnOfCommand(list, list.Texts())
		}
	}
}

func (c *converter) warnOfCommand(at kube.Field, words []string) {
	line := strings.Join(words, " ")
	if !strings.Contains(line, "docker.sock") {
		return
	}
	if c.Client.Transport != config.Unix {
		if command := changesFile().FindString(line); command != "" {
			at.Warn(report.Because(report.SocketOwner, "%q fails: with spec.client.transport %s there is no socket; "+
				"remove the command", command, c.Client.Transport))
		}
		return
	}
	group := strconv.Itoa(c.socketGroup())
	if found := changesGroup().FindStringSubmatch(line); found != nil && found[1] != group {
		at.Warn(report.Because(report.SocketOwner, "%q changes the group of the daemon's socket from %s, which the clean-up "+
			"and the other containers use; remove the command: the pod has that group", found[0], group))
	}
}
