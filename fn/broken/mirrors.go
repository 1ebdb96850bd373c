package broken

import (
	"slices"

	"github.com/boxp/dindify/fn/journal"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/socket"
)

// ofMirrors checks that a folder of the clients that is also in the daemon is at the same path: `docker run -v` names
// the client's. A ConfigMap or Secret may be elsewhere on purpose.
func ofMirrors(pod kube.Pod, daemon kube.Container) (kube.Field, string) {
	for _, m := range daemon.Mounts() {
		volume := pod.Volume(m.Text("name"))
		if journal.IsOwnVolume(m.Text("name")) || kube.HasSource(volume, kube.FileSources) {
			continue
		}
		clients := mountsElsewhere(pod, daemon, volume.Text("name"))
		mirrors := slices.ContainsFunc(daemon.Mounts(), func(own kube.Field) bool {
			return own.Text("name") == volume.Text("name") && slices.ContainsFunc(clients, func(m kube.Field) bool {
				return isSameMount(own, m)
			})
		})
		if len(clients) > 0 && !mirrors {
			return m, "the volume " + m.Text("name") + " is at " + m.Text("mountPath") + " in the daemon, and at " +
				clients[0].Text("mountPath") + " in " + kube.Container{Field: *clients[0].Parent().Parent()}.Name() +
				": nested containers that mount it find another folder; remove the patch that changes the path"
		}
	}
	return daemon.Field, ""
}

// mountsElsewhere returns the mounts of a volume in the other containers.
func mountsElsewhere(pod kube.Pod, daemon kube.Container, volume string) (all []kube.Field) {
	for _, container := range pod.Containers() {
		for _, m := range container.Mounts() {
			if volume != "" && m.Text("name") == volume && !container.Is(daemon.Field) {
				all = append(all, m)
			}
		}
	}
	return all
}

func isSameMount(a, b kube.Field) bool {
	return a.Text("subPath") == b.Text("subPath") &&
		socket.Normalize(a.Text("mountPath")) == socket.Normalize(b.Text("mountPath"))
}
