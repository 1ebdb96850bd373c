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

// claim is a PersistentVolumeClaim by namespace and name.
type claim struct{ namespace, name string }

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
				found = append(found, &Use{Use: u, Pod: pod, Volume: v, HostPath: at, Claim: claimName, Container: m.Container, Mount: m.Field})
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

// findClaims follows PersistentVolumeClaims to the host paths of the PersistentVolumes of the input. A claim that does
// not name its volume is bound by the cluster: it may get any volume of a fitting class and size. It is followed to one
// that leads to a socket, is of the same class, and is selected by the claim or has its name.
func (c *Conversion) findClaims() {
	c.claims = map[claim]string{}
	var volumes, claims []*kube.Object
	for _, o := range c.Set.OfKinds("PersistentVolume") {
		if onNode(o) != "" {
			volumes = append(volumes, o)
		}
	}
	if len(volumes) > 0 {
		claims = c.Set.OfKinds("PersistentVolumeClaim")
	}
	for _, pvc := range claims {
		for _, pv := range volumes {
			if binds(pvc, pv) {
				c.claims[claim{pvc.Namespace(), pvc.Name()}] = onNode(pv)
			}
		}
	}
}

func binds(pvc, pv *kube.Object) bool {
	ref := func(keys ...string) string { return pv.Text(append([]string{"spec", "claimRef"}, keys...)...) }
	switch {
	case pvc.Text("spec", "volumeName") != "":
		return pvc.Text("spec", "volumeName") == pv.Name()
	case ref("name") != "":
		return ref("name") == pvc.Name() && (ref("namespace") == pvc.Namespace() || pvc.Namespace() == "")
	}
	_, leads := socket.Find(onNode(pv))
	return leads && pvc.Text("spec", "storageClassName") == pv.Text("spec", "storageClassName") && (selected(pvc, pv) || sameStem(pvc.Name(), pv.Name()))
}

// onNode is the path of a volume that is a folder or file of the node.
func onNode(pv *kube.Object) string {
	if p := pv.Text("spec", "hostPath", "path"); p != "" {
		return p
	}
	return pv.Text("spec", "local", "path")
}

// selected says whether a claim's label selector is about a volume.
func selected(pvc, pv *kube.Object) bool {
	wanted := pvc.Root().Get("spec", "selector", "matchLabels").Map()
	for key, value := range wanted {
		if pv.Label(key) != value {
			return false
		}
	}
	return len(wanted) > 0
}

// sameStem compares names without the endings that tell volumes from claims: docker-pvc and docker-pv.
func sameStem(a, b string) bool {
	stem := func(s string) string {
		for _, end := range []string{"-pvc", "-pv", "-claim", "-volume"} {
			s = strings.TrimSuffix(s, end)
		}
		return s
	}
	return stem(a) == stem(b)
}
