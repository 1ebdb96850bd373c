package report

// Ids of findings about the clean-up of old images.
const (
	CleanupRewritten = "cleanup-rewritten"
	CleanupGenerated = "cleanup-generated"
	CleanupSidecar   = "cleanup-sidecar"
	CleanupLeft      = "cleanup-left"
	PrunesOwn        = "prunes-own"
	CleanupReplicas  = "cleanup-replicas"
	CleanupKind      = "cleanup-kind"
	CleanupEnv       = "cleanup-env"
	CleanupNamespace = "cleanup-namespace"
	CleanupSuspended = "cleanup-suspended"
	CleanupExec      = "cleanup-exec"
	CleanupUnused    = "cleanup-unused"
)

// cleanupEntries are the entries of these ids.
var cleanupEntries = []Entry{
	{
		ID:    CleanupRewritten,
		Means: "The job that pruned the node's Docker now prunes the pod's daemon, and fails if there is none.",
		Do:    nothing,
	},
	{
		ID:    CleanupGenerated,
		Means: "An object was added for the clean-up.",
		Do:    nothing,
	},
	{
		ID:    CleanupSidecar,
		Means: "A container was added that removes unused images and build cache.",
		Do:    nothing,
	},
	{
		ID:    CleanupLeft,
		Means: "A job that prunes the node's Docker was not changed.",
		Do:    "Remove it when no workload uses the node's Docker.",
	},
	{
		ID:    PrunesOwn,
		Means: "A client also prunes. It prunes the daemon of its own pod now, and not the node's.",
		Do:    "Put the clean-up into a CronJob of its own.",
	},
	{
		ID:    CleanupReplicas,
		Means: "`kubectl exec` reaches only one of several pods.",
		Do:    "Set `spec.cleanup.mode: Sidecar`.",
	},
	{
		ID:    CleanupKind,
		Means: "The workload gets no clean-up: its pods terminate, or `kubectl exec` cannot name it.",
		Do:    "Set `spec.cleanup.mode: Sidecar`, if its pods run for long.",
	},
	{
		ID: CleanupEnv,
		Means: "The job's command uses an environment variable that is not set in the daemon's container, where the " +
			"command runs now.",
		Do: "Write its value into the command, or set it in `spec.daemon.env`.",
	},
	{
		ID:    CleanupNamespace,
		Means: "The RoleBinding's subject needs a namespace, but the workload has none.",
		Do:    "Set it; kustomize's `namespace` field sets both.",
	},
	{
		ID: CleanupSuspended,
		Means: "The workload is scaled to zero. A clean-up by `kubectl exec` would fail every time, so its CronJob is " +
			"suspended.",
		Do: "Remove `spec.suspend` of the CronJob when you scale the workload up, or set `spec.cleanup.mode: Sidecar`.",
	},
	{
		ID: CleanupExec,
		Means: "The clean-up's Role allows `pods/exec`. RBAC cannot restrict that to the pods of one workload: the " +
			"ServiceAccount may run commands in every pod of the namespace, including the privileged daemon.",
		Do:     "Restrict the use of the ServiceAccount, or set `spec.cleanup.mode: Sidecar`, which needs no Role.",
		Source: "https://kubernetes.io/docs/concepts/security/rbac-good-practices/#workload-creation",
	},
	{
		ID: CleanupUnused,
		Means: "A field of `spec.cleanup` belongs to a mode that `Auto` chose for no workload: `Auto` uses CronJob if " +
			"the input has a CronJob that prunes the node, and Sidecar otherwise.",
		Do: "Omit the field, or set `spec.cleanup.mode`.",
	},
}
