package convert

import (
	"slices"

	"github.com/boxp/dindify/fn/commands"
	"github.com/boxp/dindify/fn/evidence"
	"github.com/boxp/dindify/fn/journal"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/pattern"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/socket"
)

// mayBind matches a Docker command that may mount a folder of the client: docker run -v $PWD:…, or a compose command.
var mayBind = pattern.Lazy(commands.Docker + `(?:container\s+)?(?:run|create)\b[^\n]*\s(?:-v|--volume|--mount)\b|` + commands.Docker +
	`(?:compose|stack)\b|\bdocker-compose\b`)

// warnOfNoSharedFolder warns if a client and its daemon share no writable folder: containers then cannot mount what the
// client writes.
func warnOfNoSharedFolder(c *converter, client *Client) {
	daemon := client.Container(c.Daemon.Name)
	var binds, shares bool
	for _, container := range client.socketContainers() {
		if sharesFolder(client.Pod, container.Container, daemon) {
			shares = true
			c.warnOfWorkFolder(daemon, container.Container)
		}
		binds = binds || bindsFolders(container.Container)
	}
	if shares || !binds {
		return
	}
	client.Warn(report.Because(report.NoSharedVolume, "the client and its daemon share no writable folder: `docker run "+
		"-v` of files that the client has written, such as a checkout, mounts an empty folder; mount a volume at the "+
		"client's work folder (an emptyDir is enough), and dindify mounts it in the daemon at the same path"))
}

// sharesFolder reports whether the daemon has a writable volume of the container at the same path.
func sharesFolder(pod kube.Pod, container, daemon kube.Container) bool {
	return slices.ContainsFunc(container.Mounts(), func(m kube.Field) bool {
		return isWritable(pod, m) && slices.ContainsFunc(daemon.Mounts(), func(d kube.Field) bool {
			return d.Text("name") == m.Text("name") && d.Text("subPath") == m.Text("subPath") && !d.True("readOnly") &&
				socket.Normalize(d.Text("mountPath")) == socket.Normalize(m.Text("mountPath"))
		})
	})
}

// isWritable reports whether a mount holds data: not one of dindify's own, and not one that the kubelet keeps
// read-only.
func isWritable(pod kube.Pod, m kube.Field) bool {
	if m.True("readOnly") || journal.IsOwnVolume(m.Text("name")) {
		return false
	}
	return !kube.HasSource(pod.Volume(m.Text("name")), kube.FileSources)
}

// bindsFolders reports whether a client may mount its own folders into containers; if unknown, it may. A known
// program tells, and so does a Docker command line that only builds.
func bindsFolders(c kube.Container) bool {
	if line := commands.WithHooks(c); line != "" && commands.BuildOrRun().MatchString(line) {
		return mayBind().MatchString(line)
	}
	known, ok := evidence.Of(c.Text("image"))
	return !ok || known.Kind != evidence.Client || known.Role.Binds
}
