package convert

import (
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/api"
	"github.com/boxp/dindify/fn/engine"
	"github.com/boxp/dindify/fn/journal"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/socket"
)

// The daemon resolves the left side of `docker run -v` in its own file system (moby#23900): the client's files must
// be at the same path there, or nested containers find an empty folder.

// neverCovered lists paths that the daemon needs: mounts at, above or below them are refused.
var neverCovered = []string{
	"/bin", "/dev", "/lib", "/lib64", "/proc", "/sbin", "/sys", "/usr/bin", "/usr/sbin", "/usr/lib", "/usr/libexec",
	"/usr/local/bin",
	"/var/lib/docker", "/run/docker", "/run/docker.sock", "/run/containerd", sharedDir, "/certs",
}

// neverReplaced lists folders that may have mounts below them, but must not be mounted over, and files. The kubelet
// writes the files of the network: those of the node name a resolver that the pod may not reach.
var neverReplaced = []string{
	"/", "/etc", "/run", "/usr", "/usr/local", "/var", "/var/lib",
	"/etc/passwd", "/etc/group", "/etc/subuid", "/etc/subgid", "/etc/hosts", "/etc/hostname", "/etc/resolv.conf",
}

// rootlessCovered and rootlessReplaced list the same for a rootless daemon, whose image alone has them.
var (
	rootlessCovered  = []string{engine.RootlessDir, engine.RootlessData}
	rootlessReplaced = []string{"/home/rootless"}
)

func (c *converter) mirrors() bool { return c.Pod.MirrorVolumes == nil || *c.Pod.MirrorVolumes }

func mirror(c *converter, client *Client, s *sidecar) {
	if !c.mirrors() {
		return
	}
	for _, container := range client.socketContainers() {
		for _, m := range container.Mounts() {
			name := m.Text("name")
			if journal.IsOwnVolume(name) || slices.Contains(c.Pod.MirrorExclude, name) {
				continue
			}
			c.mirrorMount(client, candidate{container.Container, m, client.Volume(name)}, s)
		}
		warnOfBlockDevices(container.Container)
	}
}

// candidate is a mount of a client that may be mounted in the daemon too.
type candidate struct {
	container     kube.Container
	mount, volume kube.Field
}

// mirrorMount mounts a client's mount in the daemon at the same path, and at its former path on the node.
func (c *converter) mirrorMount(client *Client, at candidate, s *sidecar) {
	m := at.mount
	for _, r := range mirrorRules {
		if r.skips(c, client, at) {
			return
		}
	}
	mount := api.VolumeMount{
		Name: m.Text("name"), MountPath: m.Text("mountPath"), SubPath: m.Text("subPath"), ReadOnly: m.True("readOnly"),
		MountPropagation: c.propagation(m, s), RecursiveReadOnly: optional(m.Text("recursiveReadOnly")),
	}
	s.mirror(m, mount)
	if node := at.volume.Text("hostPath", "path"); node != "" && node != mount.MountPath {
		original := mount
		original.MountPath, original.SubPath = node, ""
		s.mirror(m, original)
	}
}

func optional(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

func (s *sidecar) mirror(m kube.Field, mount api.VolumeMount) {
	at := strings.TrimSuffix(mount.MountPath, "/")
	skip := func(why string) {
		m.Warn(report.Because(report.MirrorSkipped, "not mounted in the daemon at %s: %s; nested containers that mount it "+
			"find it empty", mount.MountPath, why))
	}
	for _, other := range s.VolumeMounts {
		if socket.Normalize(other.MountPath) != socket.Normalize(at) {
			continue
		}
		if other.Name != mount.Name || other.SubPath != mount.SubPath {
			skip("volume " + other.Name + " is already mounted there")
		}
		return
	}
	if isDaemonConfig(at) {
		m.Warn(report.Because(report.MirrorSkipped, "not mounted in the daemon at %s: it would configure this daemon, "+
			"which has its settings from its arguments and does not start where both name one, such as hosts; set "+
			"spec.daemon.extraArgs, or mount a file for it by spec.daemon.volumes and volumeMounts", mount.MountPath))
		return
	}
	if needs := s.hiddenPath(at); needs != "" {
		m.Warn(report.Because(report.MirrorSkipped, "not mounted in the daemon at %s: the daemon needs its own %s; nested "+
			"containers that mount it get the daemon's", mount.MountPath, needs))
		return
	}
	s.mount(mount)
	s.keepUnknown(m, mount.MountPath)
}

// knownMountFields lists those of api.VolumeMount, and two that a mirrored mount never copies unchanged.
var knownMountFields = []string{
	"name", "readOnly", "recursiveReadOnly", "mountPath", "subPath", "mountPropagation",
	"subPathExpr",
}

// unknownField is a field of a mount that this version of dindify does not know, and copies unchanged.
type unknownField struct {
	mountPath, key string
	value          *yaml.Node
}

func (s *sidecar) keepUnknown(m kube.Field, mountPath string) {
	for _, key := range m.Keys() {
		if !slices.Contains(knownMountFields, key) {
			s.unknown = append(s.unknown, unknownField{mountPath, key, yaml.CopyYNode(m.Get(key).Node())})
		}
	}
}

// writeUnknown adds these fields to the daemon's mounts, once its container is in the pod.
func (s *sidecar) writeUnknown(daemon kube.Field) {
	for _, f := range s.unknown {
		for _, m := range daemon.Get("volumeMounts").Items() {
			if m.Text("mountPath") == f.mountPath {
				m.Set(f.key, f.value, report.Because(report.VolumeAdded, "as the client mounts it"))
			}
		}
	}
}

// isDaemonConfig reports whether a path has dockerd's configuration, except certificates of registries.
func isDaemonConfig(at string) bool {
	p := socket.Normalize("/" + at)
	return socket.IsBelow(p, "/etc/docker") && !socket.IsBelow(p, "/etc/docker/certs.d")
}

// hiddenPath returns what a mount at that path would hide from the daemon, or "". /dev/shm is the container's own,
// and Docker's image has no kernel modules.
func (s *sidecar) hiddenPath(at string) string {
	p := socket.Normalize("/" + at)
	covered, replaced := neverCovered, neverReplaced
	if s.rootdir == engine.RootlessData {
		covered, replaced = slices.Concat(covered, rootlessCovered), slices.Concat(replaced, rootlessReplaced)
	}
	if slices.Contains(replaced, p) {
		return p
	}
	if p == "/dev/shm" || socket.IsBelow(p, "/lib/modules") {
		return ""
	}
	for _, keep := range covered {
		if socket.IsBelow(p, keep) || socket.IsBelow(keep, p) {
			return keep
		}
	}
	return ""
}
