package api

import "k8s.io/apimachinery/pkg/api/resource"

// ContainerRestartPolicyAlways makes an init container a sidecar (Kubernetes 1.29).
const ContainerRestartPolicyAlways = "Always"

// TerminationMessageFallbackToLogsOnError shows the end of a failed container's log in its status.
const TerminationMessageFallbackToLogsOnError = "FallbackToLogsOnError"

// Container is a container of a pod (core/v1).
type Container struct {
	Name                     string               `json:"name"`
	Image                    string               `json:"image,omitempty"`
	Command                  []string             `json:"command,omitempty"`
	Args                     []string             `json:"args,omitempty"`
	Env                      []EnvVar             `json:"env,omitempty"`
	Resources                ResourceRequirements `json:"resources,omitempty"`
	RestartPolicy            *string              `json:"restartPolicy,omitempty"`
	VolumeMounts             []VolumeMount        `json:"volumeMounts,omitempty"`
	StartupProbe             *Probe               `json:"startupProbe,omitempty"`
	Lifecycle                *Lifecycle           `json:"lifecycle,omitempty"`
	TerminationMessagePolicy string               `json:"terminationMessagePolicy,omitempty"`
	ImagePullPolicy          string               `json:"imagePullPolicy,omitempty"`
	SecurityContext          *SecurityContext     `json:"securityContext,omitempty"`
}

// ResourceRequirements holds the requests and limits of a container.
type ResourceRequirements struct {
	Limits   ResourceList    `json:"limits,omitempty"`
	Requests ResourceList    `json:"requests,omitempty"`
	Claims   []ResourceClaim `json:"claims,omitempty"`
}

// ResourceList holds amounts of resources: cpu in cores, memory and storage in bytes.
type ResourceList map[string]resource.Quantity

// ResourceClaim names one of the pod's device claims.
type ResourceClaim struct {
	Name    string `json:"name"`
	Request string `json:"request,omitempty"`
}

// VolumeMount mounts one of the pod's volumes in a container.
type VolumeMount struct {
	Name              string  `json:"name"`
	ReadOnly          bool    `json:"readOnly,omitempty"`
	RecursiveReadOnly *string `json:"recursiveReadOnly,omitempty"`
	MountPath         string  `json:"mountPath"`
	SubPath           string  `json:"subPath,omitempty"`
	MountPropagation  *string `json:"mountPropagation,omitempty"`
	SubPathExpr       string  `json:"subPathExpr,omitempty"`
}

// Lifecycle holds the hooks of a container.
type Lifecycle struct {
	PostStart *LifecycleHandler `json:"postStart,omitempty"`
}

// LifecycleHandler is a hook. Containers after this one start when its hook has ended.
type LifecycleHandler struct {
	Exec *ExecAction `json:"exec,omitempty"`
}

// ExecAction is a command that runs in the container, without a shell.
type ExecAction struct {
	Command []string `json:"command,omitempty"`
}

// Probe is a health check of a container by the kubelet.
type Probe struct {
	ProbeHandler     `json:",inline"`
	TimeoutSeconds   int32 `json:"timeoutSeconds,omitempty"`
	PeriodSeconds    int32 `json:"periodSeconds,omitempty"`
	FailureThreshold int32 `json:"failureThreshold,omitempty"` // consecutive failures
}

// ProbeHandler is the action of a probe.
type ProbeHandler struct {
	Exec *ExecAction `json:"exec,omitempty"`
}
