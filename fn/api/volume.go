package api

import "k8s.io/apimachinery/pkg/api/resource"

// Values of the fields of volumes.
const (
	StorageMediumMemory = "Memory"
	ReadWriteOnce       = "ReadWriteOnce"
)

// Volume is one of a pod's (core/v1).
type Volume struct {
	Name         string `json:"name"`
	VolumeSource `json:",inline"`
}

// VolumeSource is what is in a volume; one field is set.
type VolumeSource struct {
	EmptyDir              *EmptyDirVolumeSource              `json:"emptyDir,omitempty"`
	PersistentVolumeClaim *PersistentVolumeClaimVolumeSource `json:"persistentVolumeClaim,omitempty"`
	Ephemeral             *EphemeralVolumeSource             `json:"ephemeral,omitempty"`
}

// EmptyDirVolumeSource is a folder of the node's, or of its memory, that lives as long as the pod.
type EmptyDirVolumeSource struct {
	Medium    string             `json:"medium,omitempty"`
	SizeLimit *resource.Quantity `json:"sizeLimit,omitempty"` // bytes
}

// PersistentVolumeClaimVolumeSource is a claim that is there already.
type PersistentVolumeClaimVolumeSource struct {
	ClaimName string `json:"claimName"`
}

// EphemeralVolumeSource is a claim that is made and deleted with the pod.
type EphemeralVolumeSource struct {
	VolumeClaimTemplate *PersistentVolumeClaimTemplate `json:"volumeClaimTemplate,omitempty"`
}

// PersistentVolumeClaimTemplate is what such a claim is made of.
type PersistentVolumeClaimTemplate struct {
	Spec PersistentVolumeClaimSpec `json:"spec"`
}

// PersistentVolumeClaimSpec is what a claim asks for. A nil class is the cluster's default.
type PersistentVolumeClaimSpec struct {
	AccessModes      []string                   `json:"accessModes,omitempty"`
	Resources        VolumeResourceRequirements `json:"resources,omitempty"`
	StorageClassName *string                    `json:"storageClassName,omitempty"`
}

// VolumeResourceRequirements are how much of it.
type VolumeResourceRequirements struct {
	Requests ResourceList `json:"requests,omitempty"`
}
