package config

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/boxp/dindify/fn/api"
	"github.com/boxp/dindify/fn/journal"
)

// validateVolumes checks the additional volumes and mounts of the daemon.
func (d *decoder) validateVolumes(c Daemon) {
	var names []string
	for i, v := range c.Volumes {
		at := fmt.Sprintf("spec.daemon.volumes[%d]", i)
		d.validateName(at+".name", v.Name)
		switch {
		case journal.IsOwnVolume(v.Name):
			d.problem(at+".name", "%s is the name of one of dindify's own volumes: choose another name", v.Name)
		case slices.Contains(names, v.Name):
			d.problem(at+".name", "two volumes are called %s", v.Name)
		case !slices.ContainsFunc(c.VolumeMounts, mountOf(v.Name)):
			d.problem(at+".name", "nothing mounts %s: add a mount to spec.daemon.volumeMounts", v.Name)
		}
		names = append(names, v.Name)
		d.validateVolumeSource(at, v)
	}
	var paths []string
	for i, m := range c.VolumeMounts {
		at := fmt.Sprintf("spec.daemon.volumeMounts[%d]", i)
		d.validateName(at+".name", m.Name)
		switch clean := path.Clean(m.MountPath); {
		case !path.IsAbs(m.MountPath) || strings.Contains(m.MountPath, ":"):
			d.problem(at+".mountPath", "must be an absolute path without a colon, got %q", m.MountPath)
		case slices.Contains(paths, clean):
			d.problem(at+".mountPath", "two mounts at %s", clean)
		default:
			paths = append(paths, clean)
		}
		if m.SubPath != "" && m.SubPathExpr != "" {
			d.problem(at+".subPathExpr", "cannot be combined with subPath: keep one of them")
		}
	}
}

func mountOf(volume string) func(api.VolumeMount) bool {
	return func(m api.VolumeMount) bool { return m.Name == volume }
}

// validateVolumeSource checks that a volume has exactly one source with the fields that it needs.
func (d *decoder) validateVolumeSource(at string, v Volume) {
	set := 0
	need := func(field, value string) {
		if set++; value == "" {
			d.problem(at+"."+field, "must be set")
		}
	}
	if v.HostPath != nil {
		need("hostPath.path", v.HostPath.Path)
	}
	if v.EmptyDir != nil {
		set++
	}
	if v.Secret != nil {
		need("secret.secretName", v.Secret.SecretName)
	}
	if v.PersistentVolumeClaim != nil {
		need("persistentVolumeClaim.claimName", v.PersistentVolumeClaim.ClaimName)
	}
	if v.ConfigMap != nil {
		need("configMap.name", v.ConfigMap.Name)
	}
	if v.CSI != nil {
		need("csi.driver", v.CSI.Driver)
	}
	if set != 1 {
		d.problem(at, "must have exactly one of hostPath, emptyDir, secret, persistentVolumeClaim, configMap and csi, has %d",
			set)
	}
}

// validateMirrorLists checks the lists of volumes to mirror and not to mirror.
func (d *decoder) validateMirrorLists(p Pod) {
	for i, name := range p.MirrorInclude {
		at := fmt.Sprintf("spec.pod.mirrorInclude[%d]", i)
		switch {
		case name == "":
			d.problem(at, "must be the name of a volume")
		case slices.Contains(p.MirrorExclude, name):
			d.problem(at, "%s is also in spec.pod.mirrorExclude: remove it from one of them", name)
		case p.MirrorVolumes != nil && !*p.MirrorVolumes:
			d.problem(at, "needs spec.pod.mirrorVolumes, but that is false, so no volume is mirrored")
		}
	}
}
