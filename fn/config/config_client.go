package config

import (
	"github.com/boxp/dindify/fn/api"
)

// Transport is the connection of clients to the daemon.
type Transport string

// Values of Transport.
const (
	Unix Transport = "Unix" // a shared socket, at the path that the application used
	TCP  Transport = "TCP"  // tcp://localhost:2375, bound to 127.0.0.1
	TLS  Transport = "TLS"  // tcp://localhost:2376, with certificates
)

// SocketMount is the way in which the shared socket is mounted.
type SocketMount string

// Values of SocketMount.
const (
	Directory SocketMount = "Directory" // the folder of the socket; survives a restart of the daemon
	File      SocketMount = "File"      // only the socket; keeps the image's own /var/run
)

// Client configures the containers that used the node's socket.
type Client struct {
	// Transport is Unix (a shared socket at the path that the application used), TCP (tcp://localhost:2375) or TLS
	// (tcp://localhost:2376).
	Transport Transport `json:"transport,omitempty"`
	// SocketMount is Directory (survives a restart of the daemon) or File (keeps the image's own /var/run). Only with
	// transport Unix.
	SocketMount SocketMount `json:"socketMount,omitempty"`
	// HostAliases are names that resolve to 127.0.0.1 in the pod.
	HostAliases []string `json:"hostAliases,omitempty"`
	// Resources of the client containers. If set, they replace the containers' own.
	Resources api.ResourceRequirements `json:"resources,omitempty"`
	// Env variables to set in client containers; existing ones are replaced.
	Env []api.EnvVar `json:"env,omitempty"`
	// UnsetEnv lists variables to remove from client containers.
	UnsetEnv []string `json:"unsetEnv,omitempty"`
}

// Choice is Keep or Drop.
type Choice string

// Values of Choice.
const (
	Keep Choice = "Keep"
	Drop Choice = "Drop"
)

// Pod configures changes of the pod.
type Pod struct {
	// HostNetwork is Drop: the daemon must not use the node's own network.
	HostNetwork Choice `json:"hostNetwork,omitempty"`
	// NodePinning is Keep, or Drop to remove node selectors and affinities on kubernetes.io/hostname.
	NodePinning Choice `json:"nodePinning,omitempty"`
	// MirrorVolumes mounts every volume of a client in the daemon at the same path, and hostPath volumes also at their
	// path on the node.
	MirrorVolumes *bool `json:"mirrorVolumes,omitempty"`
	// MirrorExclude lists volumes that are not mirrored.
	MirrorExclude []string `json:"mirrorExclude,omitempty"`
	// MirrorInclude lists Secret and projected volumes that are mirrored too. By default they are not, unless the
	// client's command names their path; certificates and registry credentials always are.
	MirrorInclude []string `json:"mirrorInclude,omitempty"`
}

// CleanupMode is the way in which old images are removed.
type CleanupMode string

// Values of CleanupMode.
const (
	CleanupAuto    CleanupMode = "Auto"    // CronJob if the input has a CronJob that prunes, otherwise Sidecar
	CleanupCronJob CleanupMode = "CronJob" // a CronJob that calls kubectl exec, with a Role for it
	CleanupSidecar CleanupMode = "Sidecar" // a pruner container in the pod, which needs no permissions in the cluster
	CleanupNone    CleanupMode = "None"
)

// Cleanup configures how the daemon's disk is kept from filling up.
type Cleanup struct {
	// Mode is CronJob (kubectl exec, with a Role), Sidecar (a pruner in the pod, no Role), None, or Auto: CronJob for a
	// workload if a CronJob of the input prunes the node in its namespace, otherwise Sidecar; with daemon.startup
	// PostStart, CronJob.
	Mode CleanupMode `json:"mode,omitempty"`
	// Schedule of the CronJob. Default: that of the CronJob in the input, or "0 0 * * *".
	Schedule string `json:"schedule,omitempty"`
	// Interval of the pruner in the pod, as a Go duration. Default: 24h.
	Interval string `json:"interval,omitempty"`
	// Image of the clean-up. With mode Sidecar it needs docker, and the default is the daemon's image. Otherwise it is
	// the CronJob's image, needs kubectl, and the default is pinned.
	Image string `json:"image,omitempty"`
	// Resources of the pruner, or of the container of a generated CronJob. Default: requests 10m and 64Mi, limits 100m
	// and 128Mi.
	Resources api.ResourceRequirements `json:"resources,omitempty"`
	// Command that runs in the daemon's container. Default: remove unused images and build cache older than a week.
	Command []string `json:"command,omitempty"`
	// Name of the generated CronJob. Default: <workload>-docker-cleanup.
	Name string `json:"name,omitempty"`
	// ServiceAccountName of the CronJob. Default: <name>-sa.
	ServiceAccountName string `json:"serviceAccountName,omitempty"`
	// RoleName of the Role that allows kubectl exec. Default: <name>-exec.
	RoleName string `json:"roleName,omitempty"`
	// RoleBindingName of the RoleBinding. Default: <roleName>-binding.
	RoleBindingName string `json:"roleBindingName,omitempty"`

	// FollowNames makes the job's commands read the workload's name from an annotation. FollowNamesAnnotation sets it.
	FollowNames bool `json:"-"`
}

// FollowNamesAnnotation with the value "true" on a functionConfig is for a kustomize component whose configurations
// have a nameReference for the annotation that the commands read. Name changes by outer kustomizations then reach the
// commands.
const FollowNamesAnnotation = "dindify.dev/follow-names"
