package report

// limitEntries are those about what prevents a conversion, or limits what it does.
var limitEntries = []Entry{
	{DuplicateName, "The pod has two containers, volumes or mount paths of one name, which the API server refuses. " +
		"Nothing was changed.", "Rename or remove one of them."},
	{NameTaken, "Something of the name that dindify would add is there already.", "Rename it, or set the field that the " +
		"result names."},
	{ObjectTwice, "The same object is in the input twice, and what dindify generates for it would be too. Nothing " +
		"was changed.", "Remove one of them, convert the files one by one, or set `spec.cleanup.mode: Sidecar`, which " +
		"generates nothing."},
	{StorageShared, "Two daemons would use one data volume, and destroy it (moby#31600).", "Run one pod at a time, or " +
		"use `spec.daemon.storage.ephemeral`."},
	{
		DaemonMount, "A mount of `spec.daemon.volumeMounts` has no volume, or covers what the daemon needs.",
		"Correct the field that the result names.",
	},
	{
		StorageLimit, "A client limits its ephemeral storage. The kubelet adds the limits of a pod up and counts emptyDir " +
			"volumes against the sum, so that the application's limit becomes that of the daemon's images.",
		"Set `spec.daemon.resources.limits.ephemeral-storage`, or use `spec.daemon.storage.ephemeral`.",
	},
	{PodResources, "The pod itself names resources. They are raised by what the daemon needs; an error where the " +
		"containers still need more.", "Lower `spec.daemon.resources` or `spec.client.resources` where it is an error."},
	{
		FileGroup, "The pod's fsGroup is given to every file of the daemon's claim at each start.",
		"Use `spec.daemon.storage.ephemeral` or `emptyDir`, or remove `fsGroup`.",
	},
	{DeviceNotPassed, "A device, such as a GPU, is given to the client. Nested containers had it from the node's " +
		"Docker, and the daemon in the pod has none.", "Use an image with the device's runtime in `spec.daemon.image`, and " +
		"give the device to it in `spec.daemon.resources`."},
	{
		SharedProcesses, "The pod shares its process namespace: the application sees the daemon and all that it runs.",
		"Remove `shareProcessNamespace` unless the application needs it.",
	},
	{
		NodeProgram, "The client runs a docker program of the node, which goes when Docker leaves the node.",
		"Install it in the client's image, and remove the mount.",
	},
	{
		NodeDevice, "A device of the node. A privileged daemon has it without a mount; another one cannot use it.",
		"Choose `spec.daemon.isolation: Privileged` if nested containers need it.",
	},
	{SecretNotMirrored, "A Secret or token of the client is not mounted in the daemon. A nested container that mounts " +
		"its path finds it empty.", "List the volume in `spec.pod.mirrorInclude` if nested containers need it."},
	{
		VolumeUnknown, "`spec.pod.mirrorInclude` or `mirrorExclude` names a volume that no converted workload has.",
		"Correct the name, or leave it out.",
	},
	{
		DockerVersion, "What the version of Docker in `spec.daemon.image` breaks, with this configuration.",
		"What the result proposes; docs/reference.md has the table.",
	},
	{
		LimitRange, "A LimitRange of the input refuses a pod with the daemon's resources, or sets a limit for the daemon.",
		"Change it, or set `spec.daemon.resources` or `spec.cleanup.resources`.",
	},
	{
		ResourceQuota, "A ResourceQuota of the input has no room for the daemon, or wants resources to be set that are not.",
		"Raise it, or set `spec.daemon.resources` or `spec.cleanup.resources`.",
	},
	{NetworkPolicy, "A NetworkPolicy of the input keeps the pod from registries. Images were pulled by the node, to " +
		"which no policy applied.", "Allow egress on port 443, or set `spec.daemon.registryMirrors` to a mirror in " +
		"the cluster."},
	{VerticalAutoscaler, "A VerticalPodAutoscaler of the input may set the daemon's resources.", "Give the daemon's " +
		"container a policy with mode Off."},
	{HorizontalAutoscaler, "An autoscaler of the input counts what the whole pod uses, with the daemon and all " +
		"that it runs.", "Let it count the application's container alone."},
	{
		AdmissionPolicy, "A policy of the input refuses privileged containers, and the daemon is one.",
		"Except the workload, or choose another `spec.daemon.isolation`.",
	},
	{
		SecurityConstraints, "On OpenShift the pod's service account may use no SecurityContextConstraints of the input " +
			"that allow privileged containers. Those for the node's socket (`hostaccess`, `hostmount-anyuid`) do not.",
		"`oc adm policy add-scc-to-user privileged -z ACCOUNT`, for an account of the workload's own; or choose another " +
			"`spec.daemon.isolation`.",
	},
	{IsolationConflict, "A field of the pod contradicts `spec.daemon.isolation`.", "Change one of the two."},
	{JobPostStart, "A Job would never complete, since its daemon runs on.", "Set `spec.daemon.startup: Sidecar`."},
	{Unconvertible, "A field is not of the kind that Kubernetes expects.", "Correct it."},
	{
		TooLarge, "An object has more pods, or a pod more containers, volumes, mounts and variables, than dindify takes; " +
			"or the workloads of a run look into too many ConfigMaps, Secrets and policies (fn/limits).",
		"Split it, leave the file out, or give fewer objects at a time.",
	},
}
