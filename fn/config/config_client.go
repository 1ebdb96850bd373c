package config

import (
	"github.com/boxp/dindify/fn/api"
)

// Transport is how clients reach the daemon.
type Transport string

// Transports.
const (
	Unix Transport = "Unix" // a shared socket, where the app had it
	TCP  Transport = "TCP"  // tcp://localhost:2375, bound to 127.0.0.1
	TLS  Transport = "TLS"  // tcp://localhost:2376, with certificates
)

// SocketMount is how the shared socket is mounted.
type SocketMount string

// Mounts of the socket.
const (
	Directory SocketMount = "Directory" // the folder that holds it; survives a restart of the daemon
	File      SocketMount = "File"      // the socket alone; keeps the image's own /var/run
)

// Client is what changes in the containers that used the node's socket.
type Client struct {
	// Transport is Unix (a shared socket where the app had it), TCP (tcp://localhost:2375) or TLS (tcp://localhost:2376).
	Transport Transport `json:"transport,omitempty"`
	// SocketMount is Directory (survives a daemon's restart) or File (keeps the image's own /var/run). Unix only.
	SocketMount SocketMount `json:"socketMount,omitempty"`
	// HostAliases are names that resolve to 127.0.0.1 in the pod.
	HostAliases []string `json:"hostAliases,omitempty"`
	// Resources, where set, replace the client containers' own.
	Resources api.ResourceRequirements `json:"resources,omitempty"`
	// Env is set in client containers, or replaced.
	Env []api.EnvVar `json:"env,omitempty"`
	// UnsetEnv are names of variables to remove from them.
	UnsetEnv []string `json:"unsetEnv,omitempty"`
}

// Choice is Keep or Drop.
type Choice string

// Choices.
const (
	Keep Choice = "Keep"
	Drop Choice = "Drop"
)

// Pod is what changes in the pod.
type Pod struct {
	// HostNetwork is Drop: the daemon must not serve on the node's own addresses.
	HostNetwork Choice `json:"hostNetwork,omitempty"`
	// NodePinning is Keep, or Drop to remove node selectors and affinities on kubernetes.io/hostname.
	NodePinning Choice `json:"nodePinning,omitempty"`
	// MirrorVolumes mounts every volume of a client in the daemon at the same path, and at the original hostPath's.
	MirrorVolumes *bool `json:"mirrorVolumes,omitempty"`
	// MirrorExclude are names of volumes that are not mirrored.
	MirrorExclude []string `json:"mirrorExclude,omitempty"`
	// MirrorInclude are names of Secret and projected volumes that are mirrored too. Those are not by themselves, unless
	// the client's command names their path; certificates and credentials for registries are.
	MirrorInclude []string `json:"mirrorInclude,omitempty"`
}

// CleanupMode is how old images go.
type CleanupMode string

// Ways to clean up.
const (
	CleanupAuto    CleanupMode = "Auto"    // a CronJob where the input has one that prunes, else a pruner in the pod
	CleanupCronJob CleanupMode = "CronJob" // a CronJob that calls kubectl exec, with a Role for it
	CleanupSidecar CleanupMode = "Sidecar" // a pruner in the pod, without any rights in the cluster
	CleanupNone    CleanupMode = "None"
)

// Cleanup is how the daemon's disk is kept from filling up.
type Cleanup struct {
	// Mode is CronJob (kubectl exec, with a Role), Sidecar (a pruner in the pod, no Role), None, or Auto: CronJob for a
	// workload of whose namespace a CronJob in the input prunes the node, else Sidecar; with daemon.startup PostStart,
	// CronJob.
	Mode CleanupMode `json:"mode,omitempty"`
	// Schedule of the CronJob. Default: the found CronJob's own, else "0 0 * * *".
	Schedule string `json:"schedule,omitempty"`
	// Interval of the pruner in the pod: a Go duration, 24h by default.
	Interval string `json:"interval,omitempty"`
	// Image of the clean-up. In mode Sidecar it has docker and is the daemon's by default. Otherwise it is the CronJob's,
	// has kubectl, and is a pinned one by default.
	Image string `json:"image,omitempty"`
	// Resources of the pruner, or of the container of a generated CronJob. Default: requests 10m and 64Mi, limits 100m and
	// 128Mi.
	Resources api.ResourceRequirements `json:"resources,omitempty"`
	// Command that is run in the daemon's container. Default: remove unused images and build cache older than a week.
	Command []string `json:"command,omitempty"`
	// Name of the generated CronJob. Default: <workload>-docker-cleanup.
	Name string `json:"name,omitempty"`
	// ServiceAccountName of the CronJob. Default: <name>-sa.
	ServiceAccountName string `json:"serviceAccountName,omitempty"`
	// RoleName of the Role that allows kubectl exec. Default: <name>-exec.
	RoleName string `json:"roleName,omitempty"`
	// RoleBindingName of its binding. Default: <roleName>-binding.
	RoleBindingName string `json:"roleBindingName,omitempty"`

	// FollowNames lets the job's commands read the workload's name from an annotation. FollowNamesAnnotation asks for it.
	FollowNames bool `json:"-"`
}

// FollowNamesAnnotation with the value "true" on a functionConfig is for a kustomize component whose configurations
// have a nameReference for the annotation that the commands read: names that outer kustomizations change reach them
// then.
const FollowNamesAnnotation = "dindify.dev/follow-names"
