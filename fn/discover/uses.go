package discover

import (
	"path"
	"slices"
	"sync"

	"github.com/boxp/dindify/fn/claims"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/socket"
)

// Use is the access of a container, or only of a volume, to a container runtime's socket on the node.
type Use struct {
	socket.Use
	Pod       kube.Pod
	Volume    kube.Field
	HostPath  string         // as in the manifest, including a mount's subPath
	Line      string         // that names the path, in a text that is not YAML
	Claim     string         // name of the claim; "" if the pod names the path itself
	bound     claims.Volume  // of the claim
	Container kube.Container // the zero value if no container mounts the volume
	Mount     kube.Field
	Class     Class
	Evidence  string
}

// Mounted reports whether a container mounts the volume.
func (u *Use) Mounted() bool { return u.Mount.Exists() }

// PersistentVolume returns the name of the volume that the claim leads to; "" if the pod names the path itself.
func (u *Use) PersistentVolume() string { return u.bound.Name }

// IsDirectory reports whether more than the socket is mounted.
func (u *Use) IsDirectory() bool { return u.Inside != "" }

// SocketPath returns the socket's path in the container.
func (u *Use) SocketPath() string {
	return path.Join(u.Mount.Text("mountPath"), u.Inside)
}

// Field returns the mount, or the volume if it is not mounted.
func (u *Use) Field() kube.Field {
	if u.Mounted() {
		return u.Mount
	}
	return u.Volume
}

// Uses returns the uses of a runtime's socket in one pod.
func (f *Finder) Uses(pod kube.Pod) []*Use {
	var found []*Use
	mountsOf := pod.Mounts()
	siblings := sync.OnceValue(pod.Object().Pods)
	for _, v := range pod.Volumes() {
		hostPath := f.HostPath(pod, v)
		if hostPath == "" || v.AddsNothing() {
			continue
		}
		of := Use{Pod: pod, Volume: v, HostPath: hostPath}
		of.Claim, of.bound = f.claimOf(pod, v)
		mounts := mountsOf.Of(v)
		found = append(found, of.by(mounts)...)
		if u, ok := socket.Find(hostPath); ok && len(mounts) == 0 && reportsUnmounted(pod, v, siblings) {
			of.Use = u
			found = append(found, &of)
		}
	}
	return append(found, f.usesOfTemplates(pod, mountsOf)...)
}

// by returns the uses of a volume by mounts that lead to a socket.
func (u Use) by(mounts []kube.Mount) (found []*Use) {
	for _, m := range mounts {
		at := Below(u.HostPath, m.Field)
		if leads, ok := socket.Find(at); ok && !m.AddsNothing() {
			one := u
			one.Use, one.HostPath, one.Container, one.Mount = leads, at, m.Container, m.Field
			found = append(found, &one)
		}
	}
	return found
}

// claimOf returns the name of a volume's claim, or "", and the PersistentVolume of that. The claim of an ephemeral
// volume has the volume's name.
func (f *Finder) claimOf(pod kube.Pod, volume kube.Field) (name string, bound claims.Volume) {
	namespace := pod.Object().Namespace()
	if name = volume.Text("persistentVolumeClaim", "claimName"); name != "" {
		return name, f.claims.Of(namespace, name)
	}
	if !f.claims.HasSocket() {
		return "", bound
	}
	if spec := volume.Get("ephemeral", "volumeClaimTemplate", "spec"); spec.Exists() {
		return volume.Text("name"), f.claims.OfTemplate(namespace, spec)
	}
	return "", bound
}

// HostPath returns a volume's path on the node, or "".
func (f *Finder) HostPath(pod kube.Pod, volume kube.Field) string {
	if _, bound := f.claimOf(pod, volume); bound.Path != "" {
		return bound.Path
	}
	if p := volume.Text("hostPathVolume", "hostPath"); p != "" {
		return p // Jenkins' configuration as code
	}
	return volume.Text("hostPath", "path")
}

// reportsUnmounted reports whether a pod is the one to report an unmounted volume. A volume shared by several pods of
// the object, its siblings, is reported for the first of them, if none mounts it.
func reportsUnmounted(pod kube.Pod, volume kube.Field, siblings func() []kube.Pod) bool {
	if !pod.Location.SharesVolumes() {
		return true
	}
	first := true
	for _, p := range siblings() {
		if !slices.ContainsFunc(p.Volumes(), volume.Is) {
			continue
		}
		if first && !p.Is(pod.Field) || len(p.Mounts().Of(volume)) > 0 {
			return false
		}
		first = false
	}
	return true
}

// Below returns the path on the node that a mount of a volume shows: its subPath, or the whole volume.
func Below(hostPath string, mount kube.Field) string {
	return socket.Below(hostPath, mount.Text("subPath"), mount.Text("subPathExpr"))
}

// usesOfTemplates returns the uses by claims that a StatefulSet makes. Containers mount them by the template's name.
func (f *Finder) usesOfTemplates(pod kube.Pod, mountsOf kube.Mounts) (found []*Use) {
	if !f.claims.HasSocket() {
		return nil
	}
	o := pod.Object()
	if o.Kind() != "StatefulSet" {
		return nil
	}
	for _, t := range claims.Templates(o) {
		name := t.Text("metadata", "name")
		bound := f.claims.OfStatefulSet(o, name, t.Get("spec"))
		if bound.Path != "" {
			of := Use{Pod: pod, Volume: t, HostPath: bound.Path, Claim: name, bound: bound}
			found = append(found, of.by(mountsOf.Named(name))...)
		}
	}
	return found
}

// isMadeByTemplate reports whether the claim is one that a StatefulSet makes.
func (u *Use) isMadeByTemplate() bool { return u.Volume.Parent().Name() == claims.TemplatesField }
