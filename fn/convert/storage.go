package convert

import (
	"k8s.io/apimachinery/pkg/api/resource"

	"github.com/boxp/dindify/fn/api"
	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/journal"
	"github.com/boxp/dindify/fn/report"
)

// store adds a volume for the daemon's images and containers: no overlay can be mounted in the container's own file
// system, which is an overlay, and no limit counts its files (containerd#3144).
func store(c *converter, client *Client, s *sidecar) {
	s.volume(api.Volume{Name: journal.DataVolume, VolumeSource: volumeSource(c.Daemon.Storage)}, s.rootdir)
	if c.Daemon.Isolation == config.Rootless {
		// The volume's top folder belongs to root, but dockerd sets the mode of its data folder (moby
		// daemon/daemon_unix.go, setupDaemonRoot): its data folder is therefore one level below.
		s.dockerd = append(s.dockerd, "--data-root="+s.rootdir+"/data")
	}
	if c.Daemon.Isolation == config.Kata {
		s.dockerd = append(s.dockerd, "--storage-driver=overlay2")
		if c.Daemon.Storage.EmptyDir == nil {
			client.Warn(report.Because(report.IsolationLimits, "a claim is a folder of the guest's virtiofs, which cannot be "+
				"the upper layer of an overlay: with spec.daemon.isolation Kata dockerd starts only if the storage class assigns "+
				"the disk to the guest (Kata's direct-assigned volumes); otherwise omit spec.daemon.storage, which keeps the "+
				"data in memory"))
		}
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
