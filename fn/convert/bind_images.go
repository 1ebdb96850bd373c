package convert

import (
	"slices"
	"strings"

	"github.com/boxp/dindify/fn/evidence"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/socket"
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

// warnOfWorkFolder warns of a program whose work folder is not shared with the daemon, although another folder is.
func (c *converter) warnOfWorkFolder(daemon, container kube.Container) {
	known, _ := evidence.Of(container.Text("image"))
	folder, variable := known.Role.Work, known.Role.WorkVariable
	if variable != "" {
		for _, v := range c.sources.Variables(container) {
			if v.Name == variable {
				folder = v.Value
			}
		}
	}
	if !strings.HasPrefix(folder, "/") || hasPath(daemon, folder) || hasMountBelow(daemon, folder) {
		return
	}
	container.Warn(report.Because(report.NoSharedVolume, "jobs in containers mount %s, the work folder of this image, "+
		"which the daemon does not have: they find it empty; mount a volume there (an emptyDir is enough), and dindify "+
		"mounts it in the daemon at the same path", folder))
}

func hasMountBelow(container kube.Container, folder string) bool {
	return slices.ContainsFunc(container.Mounts(), func(m kube.Field) bool {
		return socket.IsBelow(socket.Normalize(m.Text("mountPath")), socket.Normalize(folder))
	})
}
