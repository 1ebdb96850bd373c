package verify

import (
	"context"
	"fmt"
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"

	"github.com/boxp/dindify/fn/config"
)

// data checks where the daemon stores its images and containers.
func data(ctx context.Context, s *Subject) Finding {
	info, f := s.daemonInfo(ctx)
	if info == nil {
		return f
	}
	root := info.DockerRootDir
	if s.hidesMounts() {
		return s.dataBySpec(root).inferred()
	}
	out, err := s.inDaemon(ctx, "cat", "/proc/self/mountinfo")
	if err != nil {
		return blind(err, "run a command in container %s", s.Daemon.Name)
	}
	source, mounted := mountAt(out.Stdout, root)
	if !mounted {
		return fail("give the daemon a volume at "+root+": spec.daemon.storage",
			"%s is on no volume, but in the container's own layer", root)
	}
	v := s.volumeAt(root)
	if v == nil {
		return fail("give the daemon a volume at "+root+": spec.daemon.storage",
			"%s is an anonymous directory of the runtime (%s): no limit counts it, and it is not removed with the "+
				"pod everywhere", root, source)
	}
	return ok("%s is on the volume %s (%s)%s", root, v.Name,
		strings.Join(append([]string{sourceOf(v)}, nonEmpty(limit(v))...), ", "), s.freeSpace(ctx, root))
}

// hidesMounts reports whether the pod runs in its own kernel, whose mounts are not the node's.
func (s *Subject) hidesMounts() bool {
	class := s.Spec.RuntimeClassName
	return class != nil && slices.Contains([]config.Isolation{config.Kata, config.GVisor}, config.SandboxOf(*class))
}

func (s *Subject) dataBySpec(root string) Finding {
	if v := s.volumeAt(root); v != nil {
		return ok("%s is on the volume %s (%s), by the pod's spec", root, v.Name, sourceOf(v))
	}
	return fail("spec.daemon.storage", "the pod's spec has no volume at %s", root)
}

// volumeAt returns the volume that the daemon mounts at a path or above it.
func (s *Subject) volumeAt(at string) *corev1.Volume {
	for _, m := range s.Daemon.VolumeMounts {
		if mount := strings.TrimSuffix(m.MountPath, "/"); at == mount || strings.HasPrefix(at, mount+"/") {
			return s.volume(m.Name)
		}
	}
	return nil
}

// mountAt returns the source of the mount at a path, or above it (proc_pid_mountinfo(5)); the root itself does not
// count.
func mountAt(table, at string) (source string, found bool) {
	longest := ""
	for line := range strings.Lines(table) {
		fields := strings.Fields(line)
		if len(fields) < 5 {
			continue
		}
		target := fields[4]
		if (target == at || strings.HasPrefix(at, target+"/")) && len(target) > max(1, len(longest)) {
			longest, source, found = target, fields[3], true
		}
	}
	return source, found
}

func sourceOf(v *corev1.Volume) string {
	switch {
	case v.EmptyDir != nil && v.EmptyDir.Medium == corev1.StorageMediumMemory:
		return "emptyDir in memory"
	case v.EmptyDir != nil:
		return "emptyDir"
	case v.PersistentVolumeClaim != nil:
		return "claim " + v.PersistentVolumeClaim.ClaimName
	case v.Ephemeral != nil:
		return "a claim of the pod's"
	case v.HostPath != nil:
		return "the node's " + v.HostPath.Path
	}
	return "another kind of volume"
}

func nonEmpty(words ...string) (kept []string) {
	for _, w := range words {
		if w != "" {
			kept = append(kept, w)
		}
	}
	return kept
}

// freeSpace describes the free space at a path according to df, or returns "" if df gives none.
func (s *Subject) freeSpace(ctx context.Context, at string) string {
	out, err := s.inDaemon(ctx, "df", "-Pk", at)
	if err != nil || out.Status != 0 {
		return ""
	}
	fields := strings.Fields(lastLine(out.Stdout))
	var free int64
	if len(fields) < 5 {
		return ""
	}
	if _, err := fmt.Sscan(fields[3], &free); err != nil {
		return ""
	}
	return fmt.Sprintf(", %d GiB free", free>>20)
}

// engine reports the daemon's version, whether its configuration is in effect, and its warnings.
func engine(ctx context.Context, s *Subject) Finding {
	info, f := s.daemonInfo(ctx)
	if info == nil {
		return f
	}
	about := fmt.Sprintf("Docker %s, %s, cgroup v%s", info.ServerVersion, info.Driver, info.CgroupVersion)
	for _, mirror := range s.daemonFlags("--registry-mirror") {
		if !containsURL(info.RegistryConfig.Mirrors, mirror) {
			return fail(compareDaemonJSON,
				"%s; the mirror %s of its arguments is not in use", about, mirror)
		}
	}
	for _, registry := range s.daemonFlags("--insecure-registry") {
		if config, known := info.RegistryConfig.IndexConfigs[registry]; (!known || config.Secure) &&
			!containsURL(info.RegistryConfig.InsecureRegistryCIDRs, registry) {
			return fail(compareDaemonJSON,
				"%s; the insecure registry %s of its arguments is not in use", about, registry)
		}
	}
	if info.Driver == "vfs" {
		return warn("use a volume whose file system overlayfs can use: spec.daemon.storage",
			"%s: vfs copies each layer in full", about)
	}
	if serious := seriousWarnings(info.Warnings); len(serious) > 0 {
		return warn("run docker info in container "+s.Daemon.Name+"; dockerd's flags are spec.daemon.extraArgs",
			"%s; it warns: %s", about, strings.Join(serious, "; "))
	}
	return ok("%s", about)
}

const compareDaemonJSON = "compare spec.daemon.registryMirrors and spec.daemon.insecureRegistries with the " +
	"daemon.json in the image or in spec.daemon.volumes"

// usual matches warnings of every nested daemon: limits that it cannot set, and the open API, which has its own check.
var usual = []string{
	"swap limit", "blkio", "kernel memory", "oom kill", "No memory limit support", "No cpu ", "No cpuset support",
	"No io.",
	"API is accessible", "DEPRECATED NOTICE", "In future versions",
}

// seriousWarnings returns the warnings that are not usual.
func seriousWarnings(all []string) (kept []string) {
	for _, w := range all {
		if slices.ContainsFunc(usual, func(text string) bool { return strings.Contains(w, text) }) {
			continue
		}
		kept = append(kept, strings.TrimPrefix(w, "WARNING: "))
	}
	return kept
}

func containsURL(list []string, url string) bool {
	for _, one := range list {
		if strings.TrimSuffix(one, "/") == strings.TrimSuffix(url, "/") {
			return true
		}
	}
	return false
}

// daemonFlags returns the values of a dockerd flag in the container's arguments.
func (s *Subject) daemonFlags(names ...string) []string { return flagsOf(s.Daemon, names...) }
