package verify

import (
	"context"
	"fmt"
	"path"
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"
)

// shared returns the mounts of a client that a nested container may use: volumes with data. The daemon resolves a path
// in its own file system, so it needs the same volume at the same path.
func (s *Subject) shared(client *corev1.Container) []corev1.VolumeMount {
	var all []corev1.VolumeMount
	for _, m := range client.VolumeMounts {
		v := s.volume(m.Name)
		if v == nil || m.MountPath == tokenPath || s.isSocketVolume(m.Name) || s.isCertificates(m.Name) {
			continue
		}
		if hasData(v) || s.daemonMounts(m.Name) {
			all = append(all, m)
		}
	}
	return all
}

// tokenPath is where the API server mounts a token into every container.
const tokenPath = "/var/run/secrets/kubernetes.io/serviceaccount"

func hasData(v *corev1.Volume) bool {
	memory := v.EmptyDir != nil && v.EmptyDir.Medium == corev1.StorageMediumMemory
	return v.PersistentVolumeClaim != nil || v.HostPath != nil || v.EmptyDir != nil && !memory ||
		v.Ephemeral != nil || v.NFS != nil || v.CSI != nil
}

func (s *Subject) daemonMounts(volume string) bool {
	return slices.ContainsFunc(s.Daemon.VolumeMounts, func(m corev1.VolumeMount) bool { return m.Name == volume })
}

// isCertificates reports whether the daemon writes its certificates to a volume.
func (s *Subject) isCertificates(volume string) bool {
	for _, m := range s.Daemon.VolumeMounts {
		if m.Name == volume && strings.HasPrefix(m.MountPath, "/certs") {
			return true
		}
	}
	return false
}

// mirror compares device and inode of each shared path in client and daemon. It writes nothing to the user's volumes.
func mirror(ctx context.Context, s *Subject) Finding {
	compared, concluded := 0, false
	for _, client := range s.Clients {
		for _, m := range s.shared(client) {
			at := path.Clean(m.MountPath)
			theirs, f, seen := s.identity(ctx, client.Name, at)
			if !seen {
				return f
			}
			ours, f, seen := s.identity(ctx, s.Daemon.Name, at)
			if !seen {
				return f
			}
			if ours != theirs && ours != "" && s.sameBySpec(m) {
				concluded, ours = true, theirs
			}
			if ours != theirs {
				what := "is another directory in the daemon"
				if ours == "" {
					what = "is not in the daemon"
				}
				return fail("mount the volume "+m.Name+" at the same path "+
					"in container "+s.Daemon.Name+": spec.pod.mirrorVolumes, mirrorExclude, mirrorInclude",
					"%s of container %s %s: a nested container that mounts it finds something else", at, client.Name, what)
			}
			compared++
		}
	}
	if compared == 0 {
		return skip("the clients have no volumes with data")
	}
	if concluded {
		return ok("%d paths have the same volume in client and daemon; %s", compared, sandboxNumbers).inferred()
	}
	return ok("%d paths are the same directory in client and daemon", compared)
}

// sandboxNumbers explains why a sandbox does not allow comparing files between containers.
const sandboxNumbers = "the sandbox numbers files by container, so that this is by the pod's spec"

// sameBySpec reports whether the pod's spec gives the daemon the volume of a client's mount at the same path. It is
// for sandboxes that show no more: in gVisor one file has a different device and inode in each container (observed
// with the release that docs/cluster.md names).
func (s *Subject) sameBySpec(m corev1.VolumeMount) bool {
	return s.hidesMounts() && slices.ContainsFunc(s.Daemon.VolumeMounts, func(other corev1.VolumeMount) bool {
		return other.Name == m.Name && path.Clean(other.MountPath) == path.Clean(m.MountPath) && other.SubPath == m.SubPath
	})
}

// identity returns device and inode of a path in a container, or "" if the path does not exist. The finding says why
// it cannot be read.
func (s *Subject) identity(ctx context.Context, container, at string) (id string, f Finding, seen bool) {
	out, err := s.in(ctx, container, "stat", "-L", "-c", "%d:%i", at)
	switch {
	case err != nil:
		return "", blind(err, "run a command in container %s", container), false
	case out.Status == noProgram:
		return "", unknown("use --nested or --canary", "the image of container %s has no stat", container), false
	case out.Status != 0:
		return "", Finding{}, true
	}
	return strings.TrimSpace(out.Stdout), Finding{}, true
}

const readMTU = `cat /sys/class/net/eth0/mtu; docker network inspect bridge --format '{{index .Options "com.docker.network.driver.mtu"}}'; ` +
	`cat /sys/class/net/docker0/mtu 2>/dev/null || true`

// mtu compares the pod's interface with the networks of nested containers. Larger packets are dropped without an
// error.
func mtu(ctx context.Context, s *Subject) Finding {
	out, err := s.inDaemon(ctx, "sh", "-c", readMTU)
	if err != nil {
		return blind(err, "run a command in container %s", s.Daemon.Name)
	}
	lines := strings.Split(out.Stdout, "\n")
	pod := number(lines[0])
	if pod == 0 {
		return unknown("compare by hand: the MTU that ip link shows in the pod, and spec.daemon.mtu",
			"the pod has no interface eth0: %s", out.output())
	}
	bridge := 1500
	if len(lines) > 1 && number(lines[1]) > 0 {
		bridge = number(lines[1])
	} else if info, f := s.daemonInfo(ctx); info == nil && f.Result == Fail {
		return unknown("the check own-daemon says why",
			"the daemon does not answer, so what its networks send is not known; the pod's interface takes %d bytes", pod)
	}
	if bridge > pod {
		return warn(fmt.Sprintf("set spec.daemon.mtu: %d", pod),
			"nested containers send %d bytes, and the pod's interface takes %d: large downloads in them hang",
			bridge, pod)
	}
	if pod < 1500 && !s.setsMTUOfNetworks(pod) {
		return warn(fmt.Sprintf("set spec.daemon.mtu: %d, which adds --default-network-opt", pod),
			"the default bridge has %d bytes as the pod's interface takes %d, but networks that users make have 1500", bridge,
			pod)
	}
	return ok("nested containers send %d bytes, the pod's interface takes %d", bridge, pod)
}

func number(line string) int {
	n := 0
	_, _ = fmt.Sscan(line, &n) // 0 if there is none
	return n
}

// setsMTUOfNetworks reports whether the daemon's arguments set an MTU for user-defined networks that fits.
func (s *Subject) setsMTUOfNetworks(pod int) bool {
	for _, option := range s.daemonFlags("--default-network-opt") {
		if _, value, found := strings.Cut(option, "com.docker.network.driver.mtu="); found && number(value) <= pod {
			return true
		}
	}
	return false
}
