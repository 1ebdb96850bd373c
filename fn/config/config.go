// Package config defines the functionConfig: its fields, defaults and validation.
package config

import (
	"sigs.k8s.io/kustomize/api/types"

	"github.com/boxp/dindify/fn/kube"
)

// APIVersion and Kind of a functionConfig.
const (
	APIVersion = "dindify.dev/v1alpha1"
	Kind       = "DinD"
)

// Mode is the direction of a run.
type Mode string

// Modes.
const (
	DinD  Mode = "DinD"  // convert: give every Docker client its own daemon
	DooD  Mode = "DooD"  // revert: restore the original
	Audit Mode = "Audit" // report only, change nothing
)

// Spec is the spec of a functionConfig.
type Spec struct {
	// Mode is DinD (convert), DooD (revert to the original) or Audit (report only, change nothing).
	Mode Mode `json:"mode,omitempty"`
	// Targets are kustomize selectors; only workloads that match at least one of them are converted. Empty: every
	// workload.
	Targets []types.Selector `json:"targets,omitempty"`
	// Daemon configures the Docker daemon that is added to the client's pod.
	Daemon Daemon `json:"daemon,omitempty"`
	// Client configures the containers that used the node's socket.
	Client Client `json:"client,omitempty"`
	// Pod configures the pod of the client and the daemon.
	Pod Pod `json:"pod,omitempty"`
	// Cleanup configures how the daemon's disk is kept from filling up.
	Cleanup Cleanup `json:"cleanup,omitempty"`
	// Journal is Annotation (the conversion can be reverted) or None (it cannot, and no annotation is written).
	Journal Journal `json:"journal,omitempty"`
	// PodSpecPaths adds kinds to the table of pod spec locations.
	PodSpecPaths []kube.PodSpecLocation `json:"podSpecPaths,omitempty"`
}

// Journal is the place where a conversion records its edits.
type Journal string

// Values of Journal.
const (
	JournalAnnotation Journal = "Annotation" // of the converted object
	JournalNone       Journal = "None"       // for users who keep the source in Git and want no annotation
)
