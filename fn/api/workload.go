package api

// Values of the fields of jobs and their pods.
const (
	ForbidConcurrent   = "Forbid"
	RestartPolicyNever = "Never"
)

// CronJob creates jobs on a schedule (batch/v1).
type CronJob struct {
	TypeMeta   `json:",inline"`
	ObjectMeta `json:"metadata,omitempty"`
	Spec       CronJobSpec `json:"spec,omitempty"`
}

// CronJobSpec is the spec of a CronJob.
type CronJobSpec struct {
	Schedule          string          `json:"schedule"` // five fields, in cron syntax
	ConcurrencyPolicy string          `json:"concurrencyPolicy,omitempty"`
	Suspend           *bool           `json:"suspend,omitempty"`
	JobTemplate       JobTemplateSpec `json:"jobTemplate"`
}

// JobTemplateSpec is the template of a job.
type JobTemplateSpec struct {
	Spec JobSpec `json:"spec,omitempty"`
}

// JobSpec is the spec of a job.
type JobSpec struct {
	BackoffLimit *int32          `json:"backoffLimit,omitempty"`
	Template     PodTemplateSpec `json:"template"`
}

// PodTemplateSpec is the template of a pod (core/v1).
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
