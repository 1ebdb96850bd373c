package config

import "github.com/boxp/dindify/fn/api"

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
