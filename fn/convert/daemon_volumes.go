package convert

import (
	"fmt"
	"slices"

	"github.com/boxp/dindify/fn/api"
	"github.com/boxp/dindify/fn/claims"
	"github.com/boxp/dindify/fn/journal"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/socket"
)

// configuredVolumes adds the configured volumes and mounts of the daemon. They come before the client's: for one path
// the configuration's mount counts.
func configuredVolumes(c *converter, client *Client, s *sidecar) {
	for i, v := range c.Daemon.Volumes {
		if taken := client.Volume(v.Name); taken.Exists() {
			taken.Error(report.Because(report.NameTaken, "spec.daemon.volumes[%d] has the same name, but the pod's own is "+
				"another volume: choose another name there", i))
		}
		s.volumes = append(s.volumes, v)
	}
	for i, m := range c.Daemon.VolumeMounts {
		at := fmt.Sprintf("spec.daemon.volumeMounts[%d]", i)
		if !c.hasVolume(client, m.Name) {
			client.Error(report.Because(report.DaemonMount, "%s mounts %s, which is neither a volume of the pod nor of "+
				"spec.daemon.volumes: use an existing volume", at, m.Name))
		}
		if why := s.refusesMount(m); why != "" {
			client.Error(report.Because(report.DaemonMount, "%s cannot be mounted at %s: %s; choose another path", at,
				m.MountPath, why))
		}
		if m.MountPropagation != nil && *m.MountPropagation == bidirectional && !s.isPrivileged() {
			client.Error(report.Because(report.DaemonMount, "%s.mountPropagation is %s, which needs a privileged container, "+
				"but a daemon with spec.daemon.isolation %s is not: set it to %s", at, bidirectional, c.Daemon.Isolation,
				hostToContainer))
		}
		s.mount(m)
	}
}

func (c *converter) hasVolume(client *Client, name string) bool {
	for _, v := range c.Daemon.Volumes {
		if v.Name == name {
			return true
		}
	}
	return client.Volume(name).Exists() || slices.Contains(claims.TemplateNames(client.Object()), name)
}

// refusesMount returns why a configured mount would break the daemon, or "". Mounts below /dev are left to the user.
func (s *sidecar) refusesMount(m api.VolumeMount) string {
	p := socket.Normalize("/" + m.MountPath)
	for _, own := range s.VolumeMounts {
		if journal.IsOwnVolume(own.Name) && (socket.IsBelow(p, own.MountPath) || socket.IsBelow(own.MountPath, p)) {
			return "volume " + own.Name + " is there"
		}
	}
	if socket.IsBelow(p, "/dev") && p != "/dev" {
		return ""
	}
	if needs := s.hiddenPath(p); needs != "" {
		return "the daemon needs its own " + needs
	}
	return ""
}
