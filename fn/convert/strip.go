package convert

import (
	"path"
	"slices"

	"sigs.k8s.io/kustomize/kyaml/yaml"

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
	for _, container := range client.socketContainers() {
		at := mountedAt(container)
		for _, u := range container.uses {
			c.stripMount(container, u, at)
		}
		container.Get("volumeMounts").Prune()
	}
	stripVolumes(client.Pod, client.uses)
}

// mountPaths counts what a container mounts at each path, while its mounts are edited.
type mountPaths struct {
	exact, normal map[string]int
	there         map[*yaml.Node]bool // mounts that were not removed
}

func mountedAt(container clientContainer) mountPaths {
	at := mountPaths{map[string]int{}, map[string]int{}, map[*yaml.Node]bool{}}
	for _, m := range container.Mounts() {
		at.there[m.Node()] = true
		at.add(m.Text("mountPath"), 1)
	}
	return at
}

func (at mountPaths) add(path string, n int) {
	at.exact[path] += n
	at.normal[socket.Normalize(path)] += n
}

func (at mountPaths) drop(m kube.Field) {
	if at.there[m.Node()] {
		at.there[m.Node()] = false
		at.add(m.Text("mountPath"), -1)
	}
}

func (c *Conversion) stripMount(container clientContainer, u *Use, at mountPaths) {
	why := report.Because(report.SocketStripped, "the node's Docker socket (%s) is not mounted any more", u.HostPath)
	if u.IsDirectory() {
		u.Mount.Warn(report.Because(report.SocketDirectory, "showed all of the node's %s, and now the daemon's socket only",
			u.HostPath))
	}
	at.drop(u.Mount)
	if c.Client.Transport != config.Unix {
		u.Mount.Delete(why)
		return
	}
	mount := c.sharedMount(container, u, at)
	if at.exact[mount.MountPath] > 0 {
		u.Mount.Delete(why) // mounted twice under two spellings
		return
	}
	at.add(mount.MountPath, 1)
	u.Mount.Replace(mount, report.Because(report.SocketShared, "the daemon's socket stands where the node's (%s) did",
		u.HostPath))
}

// sharedMount is how a container gets the daemon's socket at the path where it had the node's.
//
// The folder is mounted where that hides nothing of the image's: a folder that was a mount before, or a /run, which
// holds what is running now. Anywhere else (/tmp/docker.sock) the socket alone is mounted.
func (c *Conversion) sharedMount(container clientContainer, u *Use, others mountPaths) api.VolumeMount {
	at := u.SocketPath()
	mount := api.VolumeMount{Name: journal.SocketVolume, MountPath: path.Dir(at), ReadOnly: u.Mount.True("readOnly")}
	isRun := path.Base(mount.MountPath) == "run"
	taken := others.normal[socket.Normalize(mount.MountPath)] > 0
	byFolder := c.Client.SocketMount == config.Directory && path.Base(at) == socketFile && (isRun || u.IsDirectory()) &&
		!taken
	if byFolder || container.List == "ephemeralContainers" { // which may not have a subPath
		return mount
	}
	if c.Client.SocketMount == config.Directory {
		u.Mount.Info(report.Because(report.SocketAsFile, "the socket is mounted alone, since its folder %s would hide "+
			"files of the image: after a restart of the daemon, restart this container too", path.Dir(at)))
	}
	mount.MountPath, mount.SubPath = at, socketFile
	return mount
}

func stripVolumes(pod kube.Pod, uses []*Use) {
	first := map[string]*Use{} // by the name of the volume
	for _, u := range slices.Backward(uses) {
		first[u.Volume.Text("name")] = u
	}
	mounted := map[string]bool{}
	for _, container := range pod.Containers() {
		for _, m := range container.Mounts() {
			mounted[m.Text("name")] = true
		}
	}
	for _, v := range pod.Get("volumes").Items() {
		if u := first[v.Text("name")]; u != nil && !mounted[v.Text("name")] {
			v.Delete(report.Because(report.SocketStripped, "the node's Docker socket (%s) is not in the pod any more",
				u.HostPath))
		}
	}
	pod.Get("volumes").Prune()
}
