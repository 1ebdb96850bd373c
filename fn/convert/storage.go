package convert

import (
	"k8s.io/apimachinery/pkg/api/resource"

	"github.com/boxp/dindify/fn/api"
	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/journal"
)

// store gives the daemon a volume for its images and containers: in the container's own file system, an overlay, no
// overlay can be mounted, and what it holds counts for nobody (containerd#3144).
func store(c *Conversion, _ *Client, s *sidecar) {
	s.volume(api.Volume{Name: journal.DataVolume, VolumeSource: volumeSource(c.Daemon.Storage)}, s.rootdir)
	if c.Daemon.Isolation == config.Rootless {
		// The volume's top folder belongs to root, and dockerd wants to set the mode of its own (moby
		// daemon/daemon_unix.go, setupDaemonRoot): so its own is one below.
		s.dockerd = append(s.dockerd, "--data-root="+s.rootdir+"/data")
	}
	if c.Daemon.Isolation == config.Kata {
		s.dockerd = append(s.dockerd, "--storage-driver=overlay2")
	}
}

func volumeSource(s config.Storage) api.VolumeSource {
	switch {
	case s.Ephemeral != nil:
		spec := api.PersistentVolumeClaimSpec{
			AccessModes: []string{api.ReadWriteOnce},
			Resources: api.VolumeResourceRequirements{
				Requests: api.ResourceList{"storage": resource.MustParse(s.Ephemeral.Size)},
			},
		}
		if s.Ephemeral.StorageClassName != "" {
			spec.StorageClassName = &s.Ephemeral.StorageClassName
		}
		template := &api.PersistentVolumeClaimTemplate{Spec: spec}
		return api.VolumeSource{Ephemeral: &api.EphemeralVolumeSource{VolumeClaimTemplate: template}}
	case s.PersistentVolumeClaim != nil:
		source := &api.PersistentVolumeClaimVolumeSource{ClaimName: s.PersistentVolumeClaim.ClaimName}
		return api.VolumeSource{PersistentVolumeClaim: source}
	}
	return api.VolumeSource{EmptyDir: s.EmptyDir}
}
