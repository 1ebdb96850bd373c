package convert

import (
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"

	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/manifest"
)

// store gives the daemon a volume for its images and containers: in the container's own file system, an overlay, no
// overlay can be mounted, and what it holds counts for nobody (containerd#3144).
func store(c *Conversion, _ *Client, s *sidecar) {
	s.volume(corev1.Volume{Name: manifest.DataVolume, VolumeSource: volumeSource(c.Daemon.Storage)}, s.rootdir)
	if c.Daemon.Isolation == config.Rootless {
		// The volume's top folder belongs to root, and dockerd wants to set the mode of its own (moby
		// daemon/daemon_unix.go, setupDaemonRoot): so its own is one below.
		s.dockerd = append(s.dockerd, "--data-root="+s.rootdir+"/data")
	}
	if c.Daemon.Isolation == config.Kata {
		s.dockerd = append(s.dockerd, "--storage-driver=overlay2")
	}
}

func volumeSource(s config.Storage) corev1.VolumeSource {
	switch {
	case s.Ephemeral != nil:
		spec := corev1.PersistentVolumeClaimSpec{
			AccessModes: []corev1.PersistentVolumeAccessMode{corev1.ReadWriteOnce},
			Resources:   corev1.VolumeResourceRequirements{Requests: corev1.ResourceList{"storage": resource.MustParse(s.Ephemeral.Size)}},
		}
		if s.Ephemeral.StorageClassName != "" {
			spec.StorageClassName = &s.Ephemeral.StorageClassName
		}
		return corev1.VolumeSource{Ephemeral: &corev1.EphemeralVolumeSource{VolumeClaimTemplate: &corev1.PersistentVolumeClaimTemplate{Spec: spec}}}
	case s.PersistentVolumeClaim != nil:
		return corev1.VolumeSource{PersistentVolumeClaim: &corev1.PersistentVolumeClaimVolumeSource{ClaimName: s.PersistentVolumeClaim.ClaimName}}
	}
	return corev1.VolumeSource{EmptyDir: s.EmptyDir}
}
