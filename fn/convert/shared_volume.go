package convert

import (
	"slices"

	"github.com/boxp/dindify/fn/evidence"
	"github.com/boxp/dindify/fn/journal"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/pattern"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/socket"
)

// mayBind is a command of Docker's that may mount a folder of the client's: docker run -v $PWD:…, or what a compose
// file says.
var mayBind = pattern.Lazy(docker + `(?:container\s+)?(?:run|create)\b[^\n]*\s(?:-v|--volume|--mount)\b|` + docker +
	`(?:compose|stack)\b|\bdocker-compose\b`)

// sharedVolume says where a client and its daemon have no writable folder in common. What the client writes is then
// nowhere that a container which it starts could mount it from.
func sharedVolume(c *Conversion, client *Client) {
	daemon := c.daemonOf(client)
	var binds bool
	for _, container := range client.socketContainers() {
		if sharesFolder(client.Pod, container.Container, daemon) {
			return
		}
		binds = binds || bindsFolders(container.Container)
	}
	if !binds {
		return
	}
	client.Warn(report.Because(report.NoSharedVolume, "no folder is writable for the client and for its daemon: `docker "+
		"run -v` of what the client has "+
		"written, such as a checkout, mounts an empty folder; mount a volume at the client's work folder (an "+
		"emptyDir will do), "+
		"and dindify mounts it in the daemon at the same path"))
}

// sharesFolder says whether the daemon has a volume of the container's at the same path, for both to write.
func sharesFolder(pod kube.Pod, container, daemon kube.Container) bool {
	return slices.ContainsFunc(container.Mounts(), func(m kube.Field) bool {
		return isWritable(pod, m) && slices.ContainsFunc(daemon.Mounts(), func(d kube.Field) bool {
			return d.Text("name") == m.Text("name") && d.Text("subPath") == m.Text("subPath") && !d.True("readOnly") &&
				socket.Normalize(d.Text("mountPath")) == socket.Normalize(m.Text("mountPath"))
		})
	})
}

// isWritable says whether a mount is of data: not of dindify's own, and not of what the kubelet keeps read-only.
func isWritable(pod kube.Pod, m kube.Field) bool {
	if m.True("readOnly") || journal.IsOwnVolume(m.Text("name")) {
		return false
	}
	volume := pod.Volume(m.Text("name"))
	return !slices.ContainsFunc([]string{"configMap", "secret", "projected", "downwardAPI"}, func(source string) bool {
		return volume.Get(source).Exists()
	})
}

// bindsFolders says whether a client may mount folders of its own into containers: where it is not known, it may. A
// known program tells, and so does a command line of Docker's that only builds.
func bindsFolders(c kube.Container) bool {
	if line := commandOf(c); line != "" && works().MatchString(line) {
		return mayBind().MatchString(line)
	}
	known, ok := evidence.Of(c.Text("image"))
	return !ok || known.Kind != evidence.Client || known.Role.Binds
}
