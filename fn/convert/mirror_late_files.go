package convert

import (
	"slices"

	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
)

// The kubelet creates a missing subPath as a folder, for the first container that mounts it (k8s.io/kubernetes,
// pkg/kubelet/kubelet_pods.go, SafeMakeDir). If the daemon starts before an init container that writes a file there,
// the folder takes the file's place, and the pod never starts.

// writtenBefore lists the sources of volumes whose files exist before any container starts.
var writtenBefore = slices.Concat(kube.FileSources, []string{"csi", "image"})

// daemonIndex returns the index among the init containers at which the daemon starts: after those that write files
// mirrored by a subPath, and before the first that uses the daemon.
func (c *converter) daemonIndex(client *Client) int {
	at := 0
	if c.Daemon.Startup == config.PostStart {
		return 0 // index in containers: all init containers have ended
	}
	late := client.lateVolumes(c)
	for i, container := range initContainers(client) {
		if client.usesDaemon(container) {
			return at
		}
		if slices.ContainsFunc(container.Mounts(), func(m kube.Field) bool {
			return late[m.Text("name")] && !m.True("readOnly")
		}) {
			at = i + 1
		}
	}
	return at
}

// skipLateFiles skips a mount whose file is written after the daemon has started: an init container that uses
// the daemon comes before the one that writes.
func skipLateFiles(c *converter, client *Client, at candidate) bool {
	if at.mount.Text("subPath") == "" || kube.HasSource(at.volume, writtenBefore) || c.Daemon.Startup == config.PostStart {
		return false
	}
	for _, container := range client.lateWriters(at.mount.Text("name")) {
		if container.Is(at.container.Field) {
			continue
		}
		at.mount.Warn(report.Because(report.MirrorSkipped,
			"not mounted in the daemon at %s: init container %s may write it, but starts after the daemon, for which the "+
				"kubelet would make a folder in its place; nested containers that mount it find it empty; let the init "+
				"containers that use Docker come after %s",
			at.mount.Text("mountPath"), container.Name(), container.Name()))
		return true
	}
	return false
}

// lateVolumes returns the volumes that containers fill, and that clients mount by a mirrored subPath.
func (cl *Client) lateVolumes(c *converter) map[string]bool {
	all := map[string]bool{}
	if !c.mirrors() {
		return nil
	}
	for _, container := range cl.socketContainers() {
		for _, m := range container.Mounts() {
			if m.Text("subPath") != "" && !slices.Contains(c.Pod.MirrorExclude, m.Text("name")) &&
				!kube.HasSource(cl.Volume(m.Text("name")), writtenBefore) {
				all[m.Text("name")] = true
			}
		}
	}
	return all
}

// lateWriters returns the init containers that may write to a volume, and start after the daemon.
func (cl *Client) lateWriters(volume string) []kube.Container {
	if cl.writers == nil {
		cl.writers = map[string][]kube.Container{}
		for i, container := range initContainers(cl) {
			for _, m := range container.Mounts() {
				if i >= cl.daemonAt && !m.True("readOnly") {
					cl.writers[m.Text("name")] = append(cl.writers[m.Text("name")], container)
				}
			}
		}
	}
	return cl.writers[volume]
}

func initContainers(client *Client) []kube.Container {
	return slices.DeleteFunc(client.Containers(), func(c kube.Container) bool { return c.List != "initContainers" })
}
