package api

// Values of the fields of jobs and their pods.
const (
	ForbidConcurrent   = "Forbid"
	RestartPolicyNever = "Never"
)

// CronJob makes jobs by a schedule (batch/v1).
type CronJob struct {
	TypeMeta   `json:",inline"`
	ObjectMeta `json:"metadata,omitempty"`
	Spec       CronJobSpec `json:"spec,omitempty"`
}

// CronJobSpec is when, and which.
type CronJobSpec struct {
	Schedule          string          `json:"schedule"` // five fields, as cron reads them
	ConcurrencyPolicy string          `json:"concurrencyPolicy,omitempty"`
	Suspend           *bool           `json:"suspend,omitempty"`
	JobTemplate       JobTemplateSpec `json:"jobTemplate"`
}

// JobTemplateSpec is what a job is made of.
type JobTemplateSpec struct {
	Spec JobSpec `json:"spec,omitempty"`
}

// JobSpec is how often a pod is tried again, and which pod.
type JobSpec struct {
	BackoffLimit *int32          `json:"backoffLimit,omitempty"`
	Template     PodTemplateSpec `json:"template"`
}

// PodTemplateSpec is what a pod is made of (core/v1).
type PodTemplateSpec struct {
	ObjectMeta `json:"metadata,omitempty"`
	Spec       PodSpec `json:"spec,omitempty"`
}

// PodSpec is the pod of a generated job. Pods of the input are edited in their text and need no type.
type PodSpec struct {
	InitContainers     []Container            `json:"initContainers,omitempty"`
	Containers         []Container            `json:"containers"`
	RestartPolicy      string                 `json:"restartPolicy,omitempty"`
	ServiceAccountName string                 `json:"serviceAccountName,omitempty"`
	ImagePullSecrets   []LocalObjectReference `json:"imagePullSecrets,omitempty"`
	Tolerations        []Toleration           `json:"tolerations,omitempty"`
	PriorityClassName  string                 `json:"priorityClassName,omitempty"`
}

// Toleration lets a pod run on nodes with a taint.
type Toleration struct {
	Key               string `json:"key,omitempty"`
	Operator          string `json:"operator,omitempty"`
	Value             string `json:"value,omitempty"`
	Effect            string `json:"effect,omitempty"`
	TolerationSeconds *int64 `json:"tolerationSeconds,omitempty"`
}
