package convert

import (
	"slices"
	"strconv"

	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/engine"
	"github.com/boxp/dindify/fn/report"
)

// group adds the socket's group to the pod, so that a non-root client may use the socket. It changes nothing else in
// the pod's security context.
func group(c *converter, client *Client) {
	if c.Client.Transport != config.Unix {
		return
	}
	gid := c.socketGroup()
	groups := client.Get("securityContext", "supplementalGroups")
	if !slices.Contains(groups.Texts(), strconv.Itoa(gid)) {
		groups.Append(gid, report.Because(report.GroupAdded, "the socket's group: non-root clients may use it"))
	}
}

// socketGroup returns the group of the daemon's socket.
func (c *converter) socketGroup() int {
	if c.Daemon.Isolation == config.Rootless {
		return rootlessID
	}
	return engine.Group
}
