package config

import (
	"k8s.io/apimachinery/pkg/api/resource"

	"github.com/boxp/dindify/fn/api"
)

// Default images, pinned by version: a floating tag would change a daemon under running applications. 28.5.2 is the
// last 28; the image store of Engine 29 breaks on overlay file systems (KBVE/kbve#10410,
// kasmtech/workspaces-issues#808).
const (
	DaemonImage   = "docker:28.5.2-dind"
	RootlessImage = "docker:28.5.2-dind-rootless"
	KubectlImage  = "registry.k8s.io/kubectl:v1.34.1" // has no shell
)

// Seconds that a client waits for its daemon. A daemon checks each image and container of its data folder when it
// starts (moby#31462).
const (
	startupTimeout          = 120
	startupTimeoutWithClaim = 600
)

// DefaultCommand is the clean-up command of a generated job, run in the daemon's container. It keeps containers,
// since an application may resume a stopped one, and volumes, since they are data.
var DefaultCommand = []string{
	"/bin/sh", "-c",
	"docker image prune --all --force --filter until=168h && docker builder prune --all --force --filter until=168h",
}

// New returns the default configuration, that of an empty spec.
func New() Spec {
	yes := true
	return Spec{
		Mode:    DinD,
		Journal: JournalAnnotation,
		Daemon: Daemon{
			Name:      "dind-daemon",
			Image:     DaemonImage,
			Resources: daemonResources(),
			Startup:   Sidecar,
			Isolation: Privileged,
			IPTables:  Auto,
		},
		Client:  Client{Transport: Unix, SocketMount: Directory, HostAliases: []string{"host.docker.internal"}},
		Pod:     Pod{HostNetwork: Drop, NodePinning: Keep, MirrorVolumes: &yes},
		Cleanup: Cleanup{Mode: CleanupAuto},
	}
}

func daemonResources() api.ResourceRequirements {
	return api.ResourceRequirements{
		Requests: api.ResourceList{"cpu": resource.MustParse("500m"), "memory": resource.MustParse("2Gi")},
		Limits:   api.ResourceList{"cpu": resource.MustParse("1"), "memory": resource.MustParse("2Gi")},
	}
}

func cleanupResources() api.ResourceRequirements {
	return api.ResourceRequirements{
		Requests: api.ResourceList{"cpu": resource.MustParse("10m"), "memory": resource.MustParse("64Mi")},
		Limits:   api.ResourceList{"cpu": resource.MustParse("100m"), "memory": resource.MustParse("128Mi")},
	}
}

func isUnset(r api.ResourceRequirements) bool {
	return r.Limits == nil && r.Requests == nil && r.Claims == nil
}

// setDependentDefaults sets the defaults that depend on other fields.
func (s *Spec) setDependentDefaults() {
	d := &s.Daemon
	if d.StartupTimeoutSeconds == 0 {
		d.StartupTimeoutSeconds = startupTimeout
		if d.Storage.PersistentVolumeClaim != nil {
			d.StartupTimeoutSeconds = startupTimeoutWithClaim
		}
	}
	if isUnset(d.Resources) {
		d.Resources = daemonResources()
	}
	if isUnset(s.Cleanup.Resources) {
		s.Cleanup.Resources = cleanupResources()
	}
	if d.Storage == (Storage{}) {
		d.Storage.EmptyDir = &api.EmptyDirVolumeSource{}
		// Neither Kata's virtiofs nor gVisor's gofer can be the upper layer of an overlay.
		if d.Isolation == Kata || d.Isolation == GVisor {
			d.Storage.EmptyDir.Medium = api.StorageMediumMemory
		}
	}
	if d.Isolation == Rootless && d.Image == DaemonImage {
		d.Image = RootlessImage
	}
}
