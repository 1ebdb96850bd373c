// Package config is the functionConfig: its fields, their defaults, and what is wrong with one.
package config

import (
	"sigs.k8s.io/kustomize/api/types"

	"github.com/boxp/dindify/fn/api"
	"github.com/boxp/dindify/fn/kube"
)

// APIVersion and Kind of a functionConfig.
const (
	APIVersion = "dindify.dev/v1alpha1"
	Kind       = "DinD"
)

// Mode is what a run does.
type Mode string

// Modes.
const (
	DinD  Mode = "DinD"  // give every Docker client its own daemon
	DooD  Mode = "DooD"  // give back the original
	Audit Mode = "Audit" // change nothing, report
)

// Spec is a functionConfig's spec.
type Spec struct {
	// Mode is DinD (convert), DooD (give back the original) or Audit (change nothing, report).
	Mode Mode `json:"mode,omitempty"`
	// Targets are kustomize selectors; a workload that any of them matches is looked at. Empty: every workload.
	Targets []types.Selector `json:"targets,omitempty"`
	// Daemon is the Docker daemon that is put beside the client.
	Daemon Daemon `json:"daemon,omitempty"`
	// Client is what changes in the containers that used the node's socket.
	Client Client `json:"client,omitempty"`
	// Pod is what changes in the pod around them.
	Pod Pod `json:"pod,omitempty"`
	// Cleanup is how the daemon's disk is kept from filling up.
	Cleanup Cleanup `json:"cleanup,omitempty"`
	// Journal is Annotation (the conversion can be reverted) or None (it cannot, and no annotation is written).
	Journal Journal `json:"journal,omitempty"`
	// PodSpecPaths adds kinds to the table of places where pods are.
	PodSpecPaths []kube.PodSpecLocation `json:"podSpecPaths,omitempty"`
}

// Journal is where a conversion records what it did.
type Journal string

// Places of the journal.
const (
	JournalAnnotation Journal = "Annotation" // of the converted object
	JournalNone       Journal = "None"       // nowhere: for those whose source is in Git, and who want none in the cluster
)

// Startup is how the client is kept from starting before the daemon answers.
type Startup string

// Ways to start.
const (
	Sidecar   Startup = "Sidecar"   // an init container with restartPolicy Always and a startupProbe; Kubernetes 1.29
	PostStart Startup = "PostStart" // the first container, with a postStart hook that waits; not for Jobs
)

// Isolation is how the daemon is kept from the node.
type Isolation string

// Ways to isolate.
const (
	Privileged    Isolation = "Privileged"
	Rootless      Isolation = "Rootless"
	Sysbox        Isolation = "Sysbox"
	UserNamespace Isolation = "UserNamespace"
	Kata          Isolation = "Kata"
	GVisor        Isolation = "GVisor"
)

// IPTables is which iptables the daemon uses.
type IPTables string

// Flavours of iptables.
const (
	Auto   IPTables = "Auto"
	Legacy IPTables = "Legacy"
	NFT    IPTables = "NFT"
)

// Daemon is the Docker daemon's container.
type Daemon struct {
	// Name of the container.
	Name string `json:"name,omitempty"`
	// Image of the daemon: docker's official dind image, or one with the same entrypoint.
	Image string `json:"image,omitempty"`
	// ImagePullPolicy of the container: Always, IfNotPresent or Never. Empty: the cluster's default.
	ImagePullPolicy string `json:"imagePullPolicy,omitempty"`
	// Resources of the container. Default: requests 500m and 2Gi, limits 1 and 2Gi.
	Resources api.ResourceRequirements `json:"resources,omitempty"`
	// StartupTimeoutSeconds is how long the client waits for the daemon before the kubelet restarts it. Default: 120, and
	// 600 with a persistentVolumeClaim, since a daemon with many images takes minutes. With startup Sidecar only.
	StartupTimeoutSeconds int `json:"startupTimeoutSeconds,omitempty"`
	// Volumes are added to the pod for the daemon: certificates, a daemon.json.
	Volumes []Volume `json:"volumes,omitempty"`
	// VolumeMounts are the daemon's, of these volumes or of the pod's own.
	VolumeMounts []api.VolumeMount `json:"volumeMounts,omitempty"`
	// Startup is Sidecar (an init container with restartPolicy Always; Kubernetes 1.29, an older one drops the field
	// without an error and the pod stays in Init) or PostStart (a container with a hook; not for Jobs).
	Startup Startup `json:"startup,omitempty"`
	// Isolation is Privileged, Rootless, Sysbox, UserNamespace, Kata or GVisor.
	Isolation Isolation `json:"isolation,omitempty"`
	// RuntimeClassName of the pod, instead of the one that the isolation implies.
	RuntimeClassName string `json:"runtimeClassName,omitempty"`
	// Storage of the daemon's images and containers: one of emptyDir, ephemeral, persistentVolumeClaim. Default: emptyDir.
	Storage Storage `json:"storage,omitempty"`
	// MTU in bytes of the default bridge and of user-defined networks. 0: Docker's own choice.
	MTU int `json:"mtu,omitempty"`
	// RegistryMirrors are URLs of mirrors of Docker Hub.
	RegistryMirrors []string `json:"registryMirrors,omitempty"`
	// InsecureRegistries are hosts, with port, or CIDRs of registries without TLS.
	InsecureRegistries []string `json:"insecureRegistries,omitempty"`
	// Bip is the address of the default bridge in CIDR notation: 10.200.0.1/24.
	Bip string `json:"bip,omitempty"`
	// DefaultAddressPools are where user-defined networks get their addresses from.
	DefaultAddressPools []AddressPool `json:"defaultAddressPools,omitempty"`
	// IPTables is Auto (the image finds out), Legacy or NFT.
	IPTables IPTables `json:"iptables,omitempty"`
	// Env of the container, besides what dindify sets.
	Env []api.EnvVar `json:"env,omitempty"`
	// ExtraArgs are appended to dockerd's.
	ExtraArgs []string `json:"extraArgs,omitempty"`
}

// Volume is one that is added for the daemon: a name, and one source.
type Volume struct {
	// Name of the volume. The pod has no other one of it.
	Name string `json:"name,omitempty"`
	// HostPath is a file or folder of the node.
	HostPath *api.HostPathVolumeSource `json:"hostPath,omitempty"`
	// EmptyDir lives as long as the pod.
	EmptyDir *api.EmptyDirVolumeSource `json:"emptyDir,omitempty"`
	// Secret is one of the pod's namespace.
	Secret *api.SecretVolumeSource `json:"secret,omitempty"`
	// PersistentVolumeClaim is one of the pod's namespace.
	PersistentVolumeClaim *api.PersistentVolumeClaimVolumeSource `json:"persistentVolumeClaim,omitempty"`
	// ConfigMap is one of the pod's namespace.
	ConfigMap *api.ConfigMapVolumeSource `json:"configMap,omitempty"`
	// CSI is what a driver makes for the pod.
	CSI *api.CSIVolumeSource `json:"csi,omitempty"`
}

// Storage is where the daemon keeps its data; at most one field is set.
type Storage struct {
	// EmptyDir lives as long as the pod.
	EmptyDir *api.EmptyDirVolumeSource `json:"emptyDir,omitempty"`
	// Ephemeral is a claim that is made and deleted with the pod.
	Ephemeral *EphemeralStorage `json:"ephemeral,omitempty"`
	// PersistentVolumeClaim is a claim that outlives the pod. Never for two daemons at a time.
	PersistentVolumeClaim *ClaimStorage `json:"persistentVolumeClaim,omitempty"`
}

// EphemeralStorage is a claim that belongs to the pod.
type EphemeralStorage struct {
	// StorageClassName of the claim. Empty: the cluster's default class.
	StorageClassName string `json:"storageClassName,omitempty"`
	// Size of the claim, a quantity: 20Gi.
	Size string `json:"size,omitempty"`
}

// ClaimStorage names a claim.
type ClaimStorage struct {
	// ClaimName is the PersistentVolumeClaim's name, in the pod's namespace.
	ClaimName string `json:"claimName,omitempty"`
}

// AddressPool is a range for user-defined networks.
type AddressPool struct {
	// Base of the range in CIDR notation: 10.201.0.0/16.
	Base string `json:"base,omitempty"`
	// Size of each network's prefix in bits: 24.
	Size int `json:"size,omitempty"`
}
