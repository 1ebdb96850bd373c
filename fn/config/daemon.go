package config

import (
	"github.com/boxp/dindify/fn/api"
	"github.com/boxp/dindify/fn/kube"
)

// Startup is the way in which the client waits for the daemon at startup.
type Startup string

// Values of Startup.
const (
	Sidecar   Startup = "Sidecar"   // an init container with restartPolicy Always and a startupProbe; Kubernetes 1.29
	PostStart Startup = "PostStart" // the first container, with a postStart hook that waits; not for Jobs
)

// Isolation is the way in which the daemon is isolated from the node.
type Isolation string

// Values of Isolation.
const (
	Privileged    Isolation = "Privileged"
	Rootless      Isolation = "Rootless"
	Sysbox        Isolation = kube.Sysbox
	UserNamespace Isolation = "UserNamespace"
	Kata          Isolation = kube.Kata
	GVisor        Isolation = kube.GVisor
)

// IPTables is the iptables variant of the daemon.
type IPTables string

// Values of IPTables.
const (
	Auto   IPTables = "Auto"
	Legacy IPTables = "Legacy"
	NFT    IPTables = "NFT"
)

// Daemon configures the container of the Docker daemon.
type Daemon struct {
	// Name of the container.
	Name string `json:"name,omitempty"`
	// Image of the daemon: docker's official dind image, or one with the same entrypoint.
	Image string `json:"image,omitempty"`
	// ImagePullPolicy of the container: Always, IfNotPresent or Never. Empty: the cluster's default.
	ImagePullPolicy string `json:"imagePullPolicy,omitempty"`
	// Resources of the container. Default: requests 500m and 2Gi, limits 1 and 2Gi.
	Resources api.ResourceRequirements `json:"resources,omitempty"`
	// StartupTimeoutSeconds is how long the client waits for the daemon before the kubelet restarts it. Default: 120, or
	// 600 with a persistentVolumeClaim, since a daemon with many images takes minutes to start. Only with startup
	// Sidecar.
	StartupTimeoutSeconds int `json:"startupTimeoutSeconds,omitempty"`
	// Volumes are added to the pod for the daemon: certificates, a daemon.json.
	Volumes []Volume `json:"volumes,omitempty"`
	// VolumeMounts of the daemon, for these volumes or for the pod's own.
	VolumeMounts []api.VolumeMount `json:"volumeMounts,omitempty"`
	// Startup is Sidecar (an init container with restartPolicy Always; needs Kubernetes 1.29: an older version silently
	// drops the field and the pod stays in Init) or PostStart (a container with a hook; not for Jobs).
	Startup Startup `json:"startup,omitempty"`
	// Isolation is Privileged, Rootless, Sysbox, UserNamespace, Kata or GVisor.
	Isolation Isolation `json:"isolation,omitempty"`
	// RuntimeClassName of the pod. Default: the one that the isolation implies.
	RuntimeClassName string `json:"runtimeClassName,omitempty"`
	// Storage of the daemon's images and containers: one of emptyDir, ephemeral, persistentVolumeClaim. Default:
	// emptyDir.
	Storage Storage `json:"storage,omitempty"`
	// MTU in bytes of the default bridge and of user-defined networks. 0: Docker's default.
	MTU int `json:"mtu,omitempty"`
	// RegistryMirrors are URLs of mirrors of Docker Hub.
	RegistryMirrors []string `json:"registryMirrors,omitempty"`
	// InsecureRegistries are hosts, with port, or CIDRs of registries without TLS.
	InsecureRegistries []string `json:"insecureRegistries,omitempty"`
	// Bip is the address of the default bridge in CIDR notation: 10.200.0.1/24.
	Bip string `json:"bip,omitempty"`
	// DefaultAddressPools are the address ranges of user-defined networks.
	DefaultAddressPools []AddressPool `json:"defaultAddressPools,omitempty"`
	// IPTables is Auto (the image detects it), Legacy or NFT.
	IPTables IPTables `json:"iptables,omitempty"`
	// Env of the container, in addition to the variables that dindify sets.
	Env []api.EnvVar `json:"env,omitempty"`
	// ExtraArgs are appended to the arguments of dockerd.
	ExtraArgs []string `json:"extraArgs,omitempty"`
}

// Volume is an additional volume for the daemon: a name, and one source.
type Volume struct {
	// Name of the volume. It must be unique in the pod.
	Name string `json:"name,omitempty"`
	// HostPath is a file or folder of the node.
	HostPath *api.HostPathVolumeSource `json:"hostPath,omitempty"`
	// EmptyDir lives as long as the pod.
	EmptyDir *api.EmptyDirVolumeSource `json:"emptyDir,omitempty"`
	// Secret in the pod's namespace.
	Secret *api.SecretVolumeSource `json:"secret,omitempty"`
	// PersistentVolumeClaim in the pod's namespace.
	PersistentVolumeClaim *api.PersistentVolumeClaimVolumeSource `json:"persistentVolumeClaim,omitempty"`
	// ConfigMap in the pod's namespace.
	ConfigMap *api.ConfigMapVolumeSource `json:"configMap,omitempty"`
	// CSI is a volume that a CSI driver provides.
	CSI *api.CSIVolumeSource `json:"csi,omitempty"`
}

// Storage is the place of the daemon's data; at most one field may be set.
type Storage struct {
	// EmptyDir lives as long as the pod.
	EmptyDir *api.EmptyDirVolumeSource `json:"emptyDir,omitempty"`
	// Ephemeral is a claim that is created and deleted with the pod.
	Ephemeral *EphemeralStorage `json:"ephemeral,omitempty"`
	// PersistentVolumeClaim is a claim that outlives the pod. Two daemons must never use it at the same time.
	PersistentVolumeClaim *ClaimStorage `json:"persistentVolumeClaim,omitempty"`
}

// EphemeralStorage configures a claim that belongs to the pod.
type EphemeralStorage struct {
	// StorageClassName of the claim. Empty: the cluster's default class.
	StorageClassName string `json:"storageClassName,omitempty"`
	// Size of the claim, a quantity: 20Gi.
	Size string `json:"size,omitempty"`
}

// ClaimStorage references a claim.
type ClaimStorage struct {
	// ClaimName is the PersistentVolumeClaim's name, in the pod's namespace.
	ClaimName string `json:"claimName,omitempty"`
}

// AddressPool is an address range for user-defined networks.
type AddressPool struct {
	// Base of the range in CIDR notation: 10.201.0.0/16.
	Base string `json:"base,omitempty"`
	// Size of each network's prefix in bits: 24.
	Size int `json:"size,omitempty"`
}
