package convert

import (
	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/report"
)

// warnOfFileGroup: the kubelet gives each claim to the pod's fsGroup, file by file, whenever the pod starts; dockerd
// changes the folder at the top, so that OnRootMismatch finds one each time.
func warnOfFileGroup(c *Conversion, client *Client) {
	group := client.Get("securityContext", "fsGroup")
	if c.Daemon.Storage.PersistentVolumeClaim == nil || c.Daemon.Isolation == config.Rootless || !group.Exists() {
		return
	}
	group.Warn(report.Because(report.FileGroup,
		"is given to every file of the claim %s at each start: the pod starts slowly, and files of images become writable "+
			"for the group, which ssh and the like refuse; use spec.daemon.storage.ephemeral or emptyDir, or remove fsGroup",
		c.Daemon.Storage.PersistentVolumeClaim.ClaimName))
}
