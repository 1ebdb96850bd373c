package convert

import (
	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/report"
)

// warnOfFileGroup warns of a slow start: the kubelet changes the group of every file of a claim to the pod's fsGroup,
// at each start. OnRootMismatch does not help, since dockerd changes the group of the top folder.
func warnOfFileGroup(c *converter, client *Client) {
	group := client.Get("securityContext", "fsGroup")
	if c.Daemon.Storage.PersistentVolumeClaim == nil || c.Daemon.Isolation == config.Rootless || !group.Exists() {
		return
	}
	group.Warn(report.Because(report.FileGroup,
		"is applied to every file of the claim %s at each start: the pod starts slowly, and files of images become writable "+
			"for the group, which programs such as ssh refuse; use spec.daemon.storage.ephemeral or emptyDir, or remove fsGroup",
		c.Daemon.Storage.PersistentVolumeClaim.ClaimName))
}
