package convert

import (
	"path"
	"slices"
	"strings"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/socket"
)

// Use is one way from a container, or only from a volume, to a container runtime's socket on the node.
type Use struct {
	socket.Use
	Pod       kube.Pod
	Volume    kube.Field
	HostPath  string         // as the manifest spells it, a mount's subPath included
	Claim     string         // name of the claim that leads there; "" where the pod names the path itself
	Container kube.Container // the zero value where no container mounts the volume
	Mount     kube.Field
	Class     Class
	Evidence  string
}

// Mounted says whether a container mounts the volume.
func (u *Use) Mounted() bool { return u.Mount.Exists() }

// IsDirectory is true where more than the socket is mounted.
func (u *Use) IsDirectory() bool { return u.Inside != "" }

// SocketPath is where the container finds the socket.
func (u *Use) SocketPath() string {
	return path.Join(u.Mount.Text("mountPath"), u.Inside)
}

// Field is the field to look at: the mount, or the volume where nothing mounts it.
func (u *Use) Field() kube.Field {
	if u.Mounted() {
		return u.Mount
	}
	return u.Volume
}

// uses finds the ways from one pod to a runtime's socket.
func (c *Conversion) uses(pod kube.Pod) []*Use {
	var found []*Use
	for _, v := range pod.Volumes() {
		claimName := v.Text("persistentVolumeClaim", "claimName")
		hostPath := c.hostPath(pod, v)
		if hostPath == "" {
			continue
		}
		mounts := pod.MountsOf(v)
		for _, m := range mounts {
			at := below(hostPath, m.Field)
			if u, ok := socket.Find(at); ok {
				found = append(found, &Use{
					Use: u, Pod: pod, Volume: v, HostPath: at, Claim: claimName, Container: m.Container,
					Mount: m.Field,
				})
			}
		}
		if u, ok := socket.Find(hostPath); ok && len(mounts) == 0 && reportsUnmounted(pod, v) {
			found = append(found, &Use{Use: u, Pod: pod, Volume: v, HostPath: hostPath, Claim: claimName})
		}
	}
	return found
}

// hostPath is where a volume leads on the node; "" where it does not.
func (c *Conversion) hostPath(pod kube.Pod, volume kube.Field) string {
	if name := volume.Text("persistentVolumeClaim", "claimName"); name != "" {
		return c.claims[claim{pod.Object().Namespace(), name}]
	}
	if p := volume.Text("hostPathVolume", "hostPath"); p != "" {
		return p // Jenkins' configuration as code
	}
	return volume.Text("hostPath", "path")
}

// reportsUnmounted says whether a pod stands for a volume that it does not mount. One that several pods of the object
// share is reported by the first of them, where none mounts it.
func reportsUnmounted(pod kube.Pod, volume kube.Field) bool {
	if !pod.Location.SharesVolumes() {
		return true
	}
	first := true
	for _, p := range pod.Object().Pods() {
		if !slices.ContainsFunc(p.Volumes(), volume.Is) {
			continue
		}
		if len(p.MountsOf(volume)) > 0 || first && !p.Is(pod.Field) {
			return false
		}
		first = false
	}
	return true
}

// below is the path on the node that a mount shows.
func below(hostPath string, mount kube.Field) string {
	sub := mount.Text("subPath")
	if sub == "" {
		sub = mount.Text("subPathExpr")
		if strings.Contains(sub, "$(") {
			return hostPath // known only in the running pod: as much as the volume holds
		}
	}
	if sub == "" {
		return hostPath
	}
	return path.Join(hostPath, sub)
}
