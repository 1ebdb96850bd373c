package report

// cleanupEntries are those about the clean-up of old images.
var cleanupEntries = []Entry{
	{
		CleanupRewritten, "The job that pruned the node's Docker prunes the pod's daemon now, and fails where it finds none.",
		nothing,
	},
	{CleanupGenerated, "An object of the clean-up was added.", nothing},
	{CleanupSidecar, "A container was added that removes unused images and build cache.", nothing},
	{CleanupLeft, "A job that prunes the node's Docker was left as it is.", "Remove it where no workload uses the " +
		"node's Docker any more."},
	{CleanupReplicas, "`kubectl exec` reaches one pod, and there are several.", "Set `spec.cleanup.mode: Sidecar`."},
	{CleanupKind, "`kubectl exec` cannot find the pods of this kind.", "Set `spec.cleanup.mode: Sidecar`."},
	{
		CleanupEnv, "The job's command reads a variable that is not set in the daemon's container, where it runs now.",
		"Write its value into the command, or set it in `spec.daemon.env`.",
	},
	{
		CleanupNamespace, "The RoleBinding's subject needs a namespace, and the workload names none.",
		"Set it; kustomize's `namespace` field corrects both.",
	},
	{CleanupSuspended, "The workload is scaled to zero. A clean-up by `kubectl exec` would fail every time, so its " +
		"CronJob is suspended.", "Remove `spec.suspend` of the CronJob when you scale the workload up, or set " +
		"`spec.cleanup.mode: Sidecar`."},
	{CleanupExec, "The clean-up's Role allows `pods/exec`. RBAC cannot narrow that to the pods of one workload: the " +
		"ServiceAccount may run commands in every pod of the namespace, in the privileged daemon too.", "Keep others from " +
		"using the ServiceAccount, or set `spec.cleanup.mode: Sidecar`, which needs no Role."},
	{
		CleanupUnused, "A field of `spec.cleanup` is for a way of cleaning that mode `Auto` has not chosen for any " +
			"workload: `Auto` takes a CronJob where the input has one that prunes the node, else a pruner in the pod.",
		"Leave the field out, or set `spec.cleanup.mode`.",
	},
}
