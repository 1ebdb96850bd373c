package convert

import (
	"slices"
	"strings"

	"github.com/boxp/dindify/fn/api"
	"github.com/boxp/dindify/fn/journal"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/socket"
)

// The daemon resolves the left side of `docker run -v` in its own file system (moby#23900): what the client sees at a
// path must be at the same path there, or nested containers find an empty folder.

// neverCovered are what the daemon needs: neither these nor what is above or below may be mounted over.
var neverCovered = []string{
	"/bin", "/dev", "/lib", "/lib64", "/proc", "/sbin", "/sys", "/usr/bin", "/usr/sbin", "/usr/lib", "/usr/libexec", "/usr/local/bin",
	"/var/lib/docker", "/run/docker", "/run/docker.sock", "/run/containerd", sharedDir, rootlessDir, "/certs",
	"/home/rootless/.local/share/docker",
}

// neverReplaced are folders that may get something below them, and must not be mounted over themselves.
var neverReplaced = []string{"/", "/etc", "/run", "/usr", "/usr/local", "/var", "/var/lib", "/home/rootless", "/etc/passwd", "/etc/group", "/etc/subuid", "/etc/subgid"}

func (c *Conversion) mirrors() bool { return c.Pod.MirrorVolumes == nil || *c.Pod.MirrorVolumes }

func mirror(c *Conversion, client *Client, s *sidecar) {
	if !c.mirrors() {
		return
	}
	for _, container := range client.containers() {
		for _, m := range container.Mounts() {
			name := m.Text("name")
			if slices.Contains(journal.OwnVolumes, name) || slices.Contains(c.Pod.MirrorExclude, name) {
				continue
			}
			c.mirrorMount(m, volumeOf(client.Pod, name), s)
		}
	}
}

func volumeOf(pod kube.Pod, name string) kube.Field {
	for _, v := range pod.Get("volumes").Items() {
		if v.Text("name") == name {
			return v
		}
	}
	return kube.Field{}
}

// mirrorMount mounts in the daemon what the client mounts, at its path, and at the node's path that it had before.
func (c *Conversion) mirrorMount(m, volume kube.Field, s *sidecar) {
	if m.Text("subPathExpr") != "" {
		m.Warn(report.Because(report.MirrorSkipped, "its subPathExpr is made of the client's variables, which the daemon has not: nested containers that mount %s find it empty", m.Text("mountPath")))
		return
	}
	mount := api.VolumeMount{
		Name: m.Text("name"), MountPath: m.Text("mountPath"), SubPath: m.Text("subPath"), ReadOnly: m.True("readOnly"),
	}
	if p := m.Text("mountPropagation"); p != "" {
		mount.MountPropagation = &p
	}
	s.mirror(m, mount)
	if node := volume.Text("hostPath", "path"); node != "" && node != mount.MountPath {
		original := mount
		original.MountPath, original.SubPath = node, ""
		s.mirror(m, original)
	}
}

func (s *sidecar) mirror(m kube.Field, mount api.VolumeMount) {
	at := strings.TrimSuffix(mount.MountPath, "/")
	skip := func(why string) {
		m.Warn(report.Because(report.MirrorSkipped, "not mounted in the daemon at %s: %s; nested containers that mount it find it empty", mount.MountPath, why))
	}
	for _, other := range s.VolumeMounts {
		if socket.Normalize(other.MountPath) != socket.Normalize(at) {
			continue
		}
		if other.Name != mount.Name || other.SubPath != mount.SubPath {
			skip("volume " + other.Name + " is there already")
		}
		return
	}
	if needs := hiddenDaemonPath(at); needs != "" {
		skip("the daemon needs its own " + needs)
		return
	}
	s.mount(mount)
}

// hiddenDaemonPath returns what of the daemon's a mount at that path would hide; "" where nothing.
func hiddenDaemonPath(at string) string {
	p := socket.Normalize("/" + at)
	if slices.Contains(neverReplaced, p) {
		return p
	}
	for _, keep := range neverCovered {
		if p == keep || p == "/" || strings.HasPrefix(p, keep+"/") || strings.HasPrefix(keep, p+"/") {
			return keep
		}
	}
	return ""
}
