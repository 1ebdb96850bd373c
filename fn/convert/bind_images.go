package convert

import (
	"github.com/boxp/dindify/fn/evidence"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
)

// warnOfOwnFolder warns of a program that mounts a folder of its own image into the containers that it starts.
func warnOfOwnFolder(daemon, container kube.Container) {
	known, _ := evidence.Of(container.Text("image"))
	if folder := known.Role.Folder; folder != "" && !hasPath(daemon, folder) {
		container.Warn(report.Because(report.BindSource, "jobs in containers mount %s of this image, which the daemon does "+
			"not have: they find it empty; let an init container copy it into an emptyDir, and mount that in this container "+
			"at the same path", folder))
	}
}
