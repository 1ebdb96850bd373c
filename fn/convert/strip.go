package convert

import (
	"path"
	"slices"

	"github.com/boxp/dindify/fn/api"
	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/journal"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/socket"
)

// strip removes the socket's volume and every mount of it. With a shared socket, what replaces a mount stands where the
// mount stood, so that the application finds the socket where it was.
func strip(c *Conversion, client *Client) {
	for _, container := range client.containers() {
		for _, u := range container.uses {
			c.stripMount(container, u)
		}
		container.Get("volumeMounts").Prune()
	}
	stripVolumes(client.Pod, client.uses)
}

func (c *Conversion) stripMount(container clientContainer, u *Use) {
	why := report.Because(report.SocketStripped, "the node's Docker socket (%s) is not mounted any more", u.HostPath)
	if u.IsDirectory() {
		u.Mount.Warn(report.Because(report.SocketDirectory, "showed all of the node's %s, and now the daemon's socket only", u.HostPath))
	}
	if c.Client.Transport != config.Unix {
		u.Mount.Delete(why)
		return
	}
	mount := c.sharedMount(container, u)
	if again := slices.ContainsFunc(container.Mounts(), func(m kube.Field) bool {
		return !m.Is(u.Mount) && m.Text("mountPath") == mount.MountPath
	}); again {
		u.Mount.Delete(why) // mounted twice under two spellings
		return
	}
	u.Mount.Replace(mount, report.Because(report.SocketShared, "the daemon's socket stands where the node's (%s) did", u.HostPath))
}

// sharedMount is how a container gets the daemon's socket at the path where it had the node's.
//
// The folder is mounted where that hides nothing of the image's: a folder that was a mount before, or a /run, which
// holds what is running now. Anywhere else (/tmp/docker.sock) the socket alone is mounted.
func (c *Conversion) sharedMount(container clientContainer, u *Use) api.VolumeMount {
	at := u.SocketPath()
	mount := api.VolumeMount{Name: journal.SocketVolume, MountPath: path.Dir(at), ReadOnly: u.Mount.True("readOnly")}
	isRun := path.Base(mount.MountPath) == "run"
	taken := slices.ContainsFunc(container.Mounts(), func(m kube.Field) bool {
		return !m.Is(u.Mount) && socket.Normalize(m.Text("mountPath")) == socket.Normalize(mount.MountPath)
	})
	byFolder := c.Client.SocketMount == config.Directory && path.Base(at) == socketFile && (isRun || u.IsDirectory()) && !taken
	if byFolder || container.List == "ephemeralContainers" { // which may not have a subPath
		return mount
	}
	if c.Client.SocketMount == config.Directory {
		u.Mount.Info(report.Because(report.SocketAsFile, "the socket is mounted alone, since its folder %s would hide files of the image: after a restart of the daemon, restart this container too", path.Dir(at)))
	}
	mount.MountPath, mount.SubPath = at, socketFile
	return mount
}

func stripVolumes(pod kube.Pod, uses []*Use) {
	for _, v := range pod.Get("volumes").Items() {
		i := slices.IndexFunc(uses, func(u *Use) bool { return u.Volume.Text("name") == v.Text("name") })
		if i < 0 || stillMounted(pod, v.Text("name")) {
			continue
		}
		v.Delete(report.Because(report.SocketStripped, "the node's Docker socket (%s) is not in the pod any more", uses[i].HostPath))
	}
	pod.Get("volumes").Prune()
}

func stillMounted(pod kube.Pod, volume string) bool {
	for _, container := range pod.Containers() {
		for _, m := range container.Mounts() {
			if m.Text("name") == volume {
				return true
			}
		}
	}
	return false
}
