package config

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/boxp/dindify/fn/api"
	"github.com/boxp/dindify/fn/image"
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

// validateStartupTimeout checks the client's timeout.
func (d *decoder) validateStartupTimeout(c Daemon) {
	const most = 24 * 60 * 60
	switch n := c.StartupTimeoutSeconds; {
	case n < 0 || n > most:
		d.problem("spec.daemon.startupTimeoutSeconds", "must be from 1 to %d seconds, or 0 for the default; got %d", most, n)
	case n != 0 && c.Startup == PostStart:
		d.problem("spec.daemon.startupTimeoutSeconds", "needs spec.daemon.startup Sidecar, but that is PostStart, whose "+
			"hook waits without a limit; omit the field")
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

// withoutDaemon lists words in the tags of Docker's own image that mark a variant without the daemon, and the names
// of its other tools (docker-library/docker, the folders cli and windows; git was a variant until 2022).
var withoutDaemon = []string{"cli", "git", "windowsservercore", "nanoserver", "kubectl", "compose", "buildx"}

// others lists images that people mistake for one with a daemon, by the last part of their names.
var others = []string{
	"busybox", "alpine", "ubuntu", "debian", "buildkit", "kubectl", "compose", "compose-bin", "buildx", "buildx-bin",
	"nerdctl", "podman",
}

// LacksDaemon returns the evidence in an image's name that it has no daemon, or "". A word counts only together with
// "docker", and a tag of cli always: the name of a company's git-runner does not tell what it contains.
func LacksDaemon(ref string) string {
	name, tag := words(image.Base(ref)), words(image.Tag(ref))
	all := slices.Concat(name, tag)
	if slices.Contains(all, "dind") || slices.Contains(all, "dockerd") {
		return ""
	}
	if slices.Contains(others, image.Base(ref)) {
		return "it is " + image.Base(ref)
	}
	if !slices.Contains(name, "docker") && !slices.Contains(tag, "cli") {
		return ""
	}
	if i := slices.IndexFunc(all, func(word string) bool { return slices.Contains(withoutDaemon, word) }); i >= 0 {
		return "its name has " + all[i] + " in it"
	}
	return ""
}

func words(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("-_.", r) })
}
