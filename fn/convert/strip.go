package convert

import (
	"path"
	"slices"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/api"
	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/discover"
	"github.com/boxp/dindify/fn/journal"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/socket"
)

// strip removes the socket's volume and every mount of it. With a shared socket, the new mount takes the old one's
// place, so that the application finds the socket at the same path.
func strip(c *converter, client *Client) {
	for _, container := range client.socketContainers() {
		at := mountedAt(container)
		for _, u := range container.uses {
			c.stripMount(container, u, at)
		}
		container.Get("volumeMounts").Prune()
	}
	stripVolumes(client.Pod, client.uses)
}

// mountPaths counts a container's mounts at each path during edits.
type mountPaths struct {
	exact, normal map[string]int
	there         map[*yaml.Node]bool // mounts that were not removed
	run, varRun   int                 // mounts at or below /run and /var/run, as they are written
}

func mountedAt(container clientContainer) *mountPaths {
	at := &mountPaths{exact: map[string]int{}, normal: map[string]int{}, there: map[*yaml.Node]bool{}}
	for _, m := range container.Mounts() {
		at.there[m.Node()] = true
		at.add(m.Text("mountPath"), 1)
	}
	return at
}

func (at *mountPaths) add(path string, n int) {
	at.exact[path] += n
	at.normal[socket.Normalize(path)] += n
	switch {
	case socket.IsBelow(path, "/run"):
		at.run += n
	case socket.IsBelow(path, "/var/run"):
		at.varRun += n
	}
}

// needOrder reports whether one mount could hide another one, depending on which is listed first: see orderedAt.
func (at *mountPaths) needOrder() bool { return at.run > 0 && at.varRun > 0 }

func (at *mountPaths) drop(m kube.Field) {
	if at.there[m.Node()] {
		at.there[m.Node()] = false
		at.add(m.Text("mountPath"), -1)
	}
}

func (c *converter) stripMount(container clientContainer, u *discover.Use, at *mountPaths) {
	why := report.Because(report.SocketStripped, "the node's Docker socket (%s) is no longer mounted", u.HostPath)
	if u.IsDirectory() {
		now := "the folder has only the socket of the pod's daemon"
		if c.Client.Transport != config.Unix {
			now = "the mount is gone, and the client reaches its daemon at " + c.connectionEndpoint()
		}
		u.Mount.Warn(report.Because(report.SocketDirectory, "contained all of the node's %s; now %s", u.HostPath, now))
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
	shared := report.Because(report.SocketShared, "the daemon's socket replaces the node's (%s)", u.HostPath)
	list := container.Get("volumeMounts")
	if index, moves := c.newIndex(list, u.Mount, mount.MountPath, at); moves {
		u.Mount.Delete(why)
		list.Insert(index, mount, shared)
		return
	}
	u.Mount.Replace(mount, shared)
}

// lookupsPerMount is the cost of a mount in lookups, since its path is compared with another one.
const lookupsPerMount = 4

// newIndex returns the index of a mount that replaces another one; moves is false if it takes its place.
func (c *converter) newIndex(list, replaced kube.Field, mountPath string, at *mountPaths) (index int, moves bool) {
	if !at.needOrder() {
		return 0, false
	}
	mounts := list.Items()
	if !c.lookups.Add(lookupsPerMount * len(mounts)) {
		return 0, false // the run has failed
	}
	index = orderedAt(mounts, replaced, mountPath)
	return index, !mounts[index].Is(replaced)
}

// sharedMount mounts the daemon's socket in a container at the path of the node's socket.
//
// It mounts the folder if that hides nothing of the image: a folder that was a mount before, or /run, which holds
// runtime state. Elsewhere (/tmp/docker.sock) it mounts only the socket. A folder is never mounted read-only: the
// runtime makes the directory of the service account's token in /var/run, and fails otherwise.
func (c *converter) sharedMount(container clientContainer, u *discover.Use, others *mountPaths) api.VolumeMount {
	at := u.SocketPath()
	mount := api.VolumeMount{Name: journal.SocketVolume, MountPath: path.Dir(at)}
	isRun := path.Base(mount.MountPath) == "run"
	taken := others.normal[socket.Normalize(mount.MountPath)] > 0
	byFolder := c.Client.SocketMount == config.Directory && path.Base(at) == socketFile && (isRun || u.IsDirectory()) &&
		!taken
	if byFolder || container.List == "ephemeralContainers" { // which cannot have a subPath
		return mount
	}
	if c.Client.SocketMount == config.Directory {
		hidden := "files of the image"
		if taken {
			hidden = "the other volume there"
		}
		u.Mount.Info(report.Because(report.SocketAsFile, "only the socket is mounted, since its folder %s would hide "+
			"%s: restart this container after each restart of the daemon", path.Dir(at), hidden))
	}
	mount.MountPath, mount.SubPath, mount.ReadOnly = at, socketFile, u.Mount.True("readOnly")
	return mount
}

func stripVolumes(pod kube.Pod, uses []*discover.Use) {
	first := map[string]*discover.Use{} // by the name of the volume
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
			v.Delete(report.Because(report.SocketStripped, "the node's Docker socket (%s) is no longer in the pod",
				u.HostPath))
		}
	}
	pod.Get("volumes").Prune()
}
