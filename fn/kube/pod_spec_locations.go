package kube

// PodSpecLocation defines where the objects of one kind hold a pod. No other code knows this.
type PodSpecLocation struct {
	Group string `json:"group,omitempty"` // API group; "" is the core group. Any version matches
	Kind  string `json:"kind"`
	// Path of the pod spec, with [] after lists that hold several: spec.templates[].
	Path string `json:"path"`

	// Completes is true if the pod must terminate by itself, as a Job's pod does.
	Completes bool `json:"completes,omitempty"`

	shape   shape
	volumes []string // path of the volumes that the object's pods share, with [] after lists
	runner  string   // path of the fields that decide whether a runner gets a Docker daemon
	// ReportOnly is the reason why pods of this kind are never converted, or "". See Pod.ReportOnly.
	ReportOnly string `json:"-"`
	// Exec is the resource name for kubectl exec; "" if kubectl exec does not support the kind.
	Exec string `json:"-"`
}

// SharesVolumes reports whether the pods of an object share volumes.
func (l *PodSpecLocation) SharesVolumes() bool { return len(l.volumes) > 0 }

// shape is the set of fields in which a pod-like structure has its containers.
type shape int

const (
	podShape    shape = iota // containers, initContainers, ephemeralContainers
	tektonShape              // stepTemplate, steps, sidecars
	argoShape                // container, script, containerSet, initContainers, sidecars
	runnerShape              // the runner container's fields are beside those of the pod
	sparkShape               // driver, executor; volumes on the application
)

var containerLists = map[shape][][]string{
	podShape:    {{"initContainers"}, {"containers"}, {"ephemeralContainers"}},
	tektonShape: {{"steps"}, {"sidecars"}},
	argoShape:   {{"initContainers"}, {"containerSet", "containers"}, {"sidecars"}},
	runnerShape: {{"initContainers"}, {"containers"}, {"sidecarContainers"}},
}

// singleContainers lists the fields that hold one container instead of a list; "" is the structure itself.
var singleContainers = map[shape][]string{
	tektonShape: {"stepTemplate"},
	argoShape:   {"container", "script"},
	runnerShape: {""},
	sparkShape:  {"driver", "executor"},
}

const (
	tektonReason = "a Tekton Task has sidecars of its own, which Tekton starts and stops: put the daemon there, with a " +
		"startupProbe"
	argoReason = "an Argo Workflow template has sidecars of its own, and since v3.6 initContainers with restartPolicy " +
		"Always: put the daemon there"
	sparkReason = "the Spark operator builds the pods"
	knative     = "Knative allows neither hostPath volumes nor privileged containers unless its features are switched on"
	jenkins     = "the Jenkins operator owns the pod"
)

// PodSpecLocations lists the kinds that dindify knows.
var PodSpecLocations = []PodSpecLocation{
	{Kind: "Pod", Path: "spec", Exec: "pod"},
	{Kind: "PodTemplate", Path: "template.spec"},
	{Kind: "ReplicationController", Path: "spec.template.spec", Exec: "replicationcontroller"},
	{Group: "apps", Kind: "Deployment", Path: "spec.template.spec", Exec: "deployment"},
	{Group: "extensions", Kind: "Deployment", Path: "spec.template.spec", Exec: "deployment"},
	{Group: "apps", Kind: "ReplicaSet", Path: "spec.template.spec", Exec: "replicaset"},
	{Group: "extensions", Kind: "ReplicaSet", Path: "spec.template.spec", Exec: "replicaset"},
	{Group: "apps", Kind: "StatefulSet", Path: "spec.template.spec", Exec: "statefulset"},
	{Group: "apps", Kind: "DaemonSet", Path: "spec.template.spec", Exec: "daemonset"},
	{Group: "extensions", Kind: "DaemonSet", Path: "spec.template.spec", Exec: "daemonset"},
	{Group: "batch", Kind: "Job", Path: "spec.template.spec", Completes: true, Exec: "job"},
	{Group: "batch", Kind: "CronJob", Path: "spec.jobTemplate.spec.template.spec", Completes: true},
	{Group: "argoproj.io", Kind: "Rollout", Path: "spec.template.spec"},
	{Group: "apps.openshift.io", Kind: "DeploymentConfig", Path: "spec.template.spec"},
	{Kind: "DeploymentConfig", Path: "spec.template.spec"},
	{Group: "keda.sh", Kind: "ScaledJob", Path: "spec.jobTargetRef.template.spec", Completes: true},
	{Group: "actions.github.com", Kind: "AutoscalingRunnerSet", Path: "spec.template.spec", Completes: true},
	{Group: "actions.github.com", Kind: "EphemeralRunnerSet", Path: "spec.ephemeralRunnerSpec.spec", Completes: true},
	{
		Group: "actions.summerwind.dev", Kind: "RunnerSet", Path: "spec.template.spec", runner: "spec",
		ReportOnly: runnerReason,
	},
	{
		Group: "actions.summerwind.dev", Kind: "RunnerDeployment", Path: "spec.template.spec", shape: runnerShape,
		runner: "spec.template.spec", ReportOnly: runnerReason,
	},
	{
		Group: "actions.summerwind.dev", Kind: "RunnerReplicaSet", Path: "spec.template.spec", shape: runnerShape,
		runner: "spec.template.spec", ReportOnly: runnerReason,
	},
	{
		Group: "actions.summerwind.dev", Kind: "Runner", Path: "spec", shape: runnerShape, runner: "spec",
		ReportOnly: runnerReason,
	},
	{Group: "serving.knative.dev", Kind: "Service", Path: "spec.template.spec", ReportOnly: knative},
	{
		Group: "argoproj.io", Kind: "Workflow", Path: "spec.templates[]", shape: argoShape, volumes: ofSpec,
		ReportOnly: argoReason,
	},
	{
		Group: "argoproj.io", Kind: "Workflow", Path: "spec.templateDefaults", shape: argoShape, volumes: ofSpec,
		ReportOnly: argoReason,
	},
	{
		Group: "argoproj.io", Kind: "WorkflowTemplate", Path: "spec.templates[]", shape: argoShape, volumes: ofSpec,
		ReportOnly: argoReason,
	},
	{
		Group: "argoproj.io", Kind: "WorkflowTemplate", Path: "spec.templateDefaults", shape: argoShape, volumes: ofSpec,
		ReportOnly: argoReason,
	},
	{
		Group: "argoproj.io", Kind: "ClusterWorkflowTemplate", Path: "spec.templates[]", shape: argoShape, volumes: ofSpec,
		ReportOnly: argoReason,
	},
	{
		Group: "argoproj.io", Kind: "ClusterWorkflowTemplate", Path: "spec.templateDefaults", shape: argoShape,
		volumes: ofSpec, ReportOnly: argoReason,
	},
	{
		Group: "argoproj.io", Kind: "CronWorkflow", Path: "spec.workflowSpec.templates[]", shape: argoShape,
		volumes: ofWorkflow, ReportOnly: argoReason,
	},
	{
		Group: "argoproj.io", Kind: "CronWorkflow", Path: "spec.workflowSpec.templateDefaults", shape: argoShape,
		volumes: ofWorkflow, ReportOnly: argoReason,
	},
	{Group: "tekton.dev", Kind: "Task", Path: "spec", shape: tektonShape, ReportOnly: tektonReason},
	{Group: "tekton.dev", Kind: "ClusterTask", Path: "spec", shape: tektonShape, ReportOnly: tektonReason},
	{
		Group: "tekton.dev", Kind: "TaskRun", Path: "spec.taskSpec", shape: tektonShape, volumes: ofRun,
		ReportOnly: tektonReason,
	},
	{Group: "tekton.dev", Kind: "Pipeline", Path: "spec.tasks[].taskSpec", shape: tektonShape, ReportOnly: tektonReason},
	{Group: "tekton.dev", Kind: "Pipeline", Path: "spec.finally[].taskSpec", shape: tektonShape, ReportOnly: tektonReason},
	{
		Group: "tekton.dev", Kind: "PipelineRun", Path: "spec.pipelineSpec.tasks[].taskSpec", shape: tektonShape,
		volumes: ofRun, ReportOnly: tektonReason,
	},
	{
		Group: "tekton.dev", Kind: "PipelineRun", Path: "spec.pipelineSpec.finally[].taskSpec", shape: tektonShape,
		volumes: ofRun, ReportOnly: tektonReason,
	},
	{Group: "jenkins.io", Kind: "Jenkins", Path: "spec.master", ReportOnly: jenkins},
	{Group: "sparkoperator.k8s.io", Kind: "SparkApplication", Path: "spec", shape: sparkShape, ReportOnly: sparkReason},
	{Group: "sparkoperator.k8s.io", Kind: "SparkApplication", Path: "spec.driver.template.spec", ReportOnly: sparkReason},
	{
		Group: "sparkoperator.k8s.io", Kind: "SparkApplication", Path: "spec.executor.template.spec",
		ReportOnly: sparkReason,
	},
	{
		Group: "sparkoperator.k8s.io", Kind: "ScheduledSparkApplication", Path: "spec.template", shape: sparkShape,
		ReportOnly: sparkReason,
	},
}

// Paths of the volumes that the pods of one object share.
var (
	ofSpec     = []string{"spec.volumes"}
	ofWorkflow = []string{"spec.workflowSpec.volumes"}
	ofRun      = []string{
		"spec.podTemplate.volumes", "spec.taskRunTemplate.podTemplate.volumes", "spec.taskRunSpecs[].podTemplate.volumes",
		"spec.taskRunSpecs[].taskPodTemplate.volumes",
	}
)
