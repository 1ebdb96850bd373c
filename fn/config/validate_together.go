package config

import (
	"strings"

	"github.com/boxp/dindify/fn/kube"
)

// validateTogether refuses values that contradict each other.
func (d *decoder) validateTogether(s Spec) {
	if s.Pod.HostNetwork == Keep && s.Mode == DinD {
		d.problem("spec.pod.hostNetwork", "Keep contradicts spec.mode DinD: the daemon would use the networks and ports of "+
			"the node; omit the field, or set spec.mode: DooD")
	}
	if s.Client.Transport != Unix && s.Client.SocketMount == File {
		d.problem("spec.client.socketMount", "File needs spec.client.transport Unix, but that is %s, without a "+
			"socket to mount", s.Client.Transport)
	}
	if s.Cleanup.Mode == CleanupSidecar && s.Daemon.Startup == PostStart {
		d.problem("spec.cleanup.mode", "Sidecar needs spec.daemon.startup Sidecar, but that is PostStart, and the pruner "+
			"would start before the daemon")
	}
	d.validateCleanupFields(s.Cleanup)
	d.validateIsolation(s)
}

func (d *decoder) validateIsolation(s Spec) {
	storage, isolation := s.Daemon.Storage, s.Daemon.Isolation
	rootless := strings.Contains(s.Daemon.Image, "rootless")
	switch {
	case isolation == Rootless && !rootless && s.Daemon.Image != DaemonImage:
		d.problem("spec.daemon.isolation", "Rootless needs a rootless image, but spec.daemon.image is %q: use an image "+
			"whose tag ends in -dind-rootless", s.Daemon.Image)
	case isolation != Rootless && rootless:
		d.problem("spec.daemon.image", "%q is a rootless image, but spec.daemon.isolation is %s: set that to Rootless",
			s.Daemon.Image, isolation)
	case isolation == GVisor && s.Client.Transport == Unix:
		d.problem("spec.client.transport", "must be TCP or TLS with spec.daemon.isolation GVisor: a socket on a "+
			"shared volume does not connect containers there")
	case isolation == GVisor && storage != (Storage{}) && (storage.EmptyDir == nil || storage.EmptyDir.Medium != "Memory"):
		d.problem("spec.daemon.storage", "must be emptyDir {medium: Memory} with spec.daemon.isolation GVisor: only memory "+
			"can be the upper layer of an overlay there")
	case isolation == Kata && storage.EmptyDir != nil && storage.EmptyDir.Medium != "Memory":
		d.problem("spec.daemon.storage.emptyDir.medium", "must be Memory with spec.daemon.isolation Kata: the guest's "+
			"virtiofs cannot be the upper layer of an overlay")
	}
	if fits := SandboxOf(s.Daemon.RuntimeClassName); fits != "" && fits != isolation {
		d.problem("spec.daemon.runtimeClassName", "%s is a class of spec.daemon.isolation %s, but that is %s: set that to "+
			"%[2]s, or omit the field", s.Daemon.RuntimeClassName, fits, isolation)
	}
}

// SandboxOf returns the isolation for a RuntimeClass with a well-known name, or "".
func SandboxOf(runtimeClass string) Isolation { return Isolation(kube.SandboxOf(runtimeClass).Runtime) }
