package report

// Ids of findings about what prevents or limits a conversion.
const (
	DuplicateName        = "duplicate-name"
	NameTaken            = "name-taken"
	ObjectTwice          = "object-twice"
	StorageShared        = "storage-shared"
	StorageUnfit         = "storage-unfit"
	DaemonMount          = "daemon-mount"
	DaemonConfig         = "daemon-config"
	StorageLimit         = "storage-limit"
	PodResources         = "pod-resources"
	QoSClass             = "qos-class"
	FileGroup            = "fs-group"
	DeviceNotPassed      = "device-not-passed"
	SharedProcesses      = "shared-processes"
	SocketOwner          = "socket-owner"
	NodeProgram          = "node-program"
	NodeDevice           = "node-device"
	SecretNotMirrored    = "secret-not-mirrored"
	VolumeUnknown        = "volume-unknown"
	DockerVersion        = "docker-version"
	LimitRange           = "limit-range"
	ResourceQuota        = "resource-quota"
	NetworkPolicy        = "network-policy"
	VerticalAutoscaler   = "vertical-autoscaler"
	HorizontalAutoscaler = "horizontal-autoscaler"
	AdmissionPolicy      = "admission-policy"
	SecurityConstraints  = "security-context-constraints"
	IsolationConflict    = "isolation-conflict"
	InitPostStart        = "init-post-start"
	JobPostStart         = "job-post-start"
	Unconvertible        = "unconvertible"
	TooLarge             = "too-large"
)

// limitEntries are the entries of these ids.
var limitEntries = []Entry{
	{
		ID: DuplicateName,
		Means: "The pod has two containers, volumes or mount paths of the same name, which the API server refuses. " +
			"Nothing was changed.",
		Do: "Rename or remove one of them.",
	},
	{
		ID:    NameTaken,
		Means: "The name or the port of something that dindify adds is already in use.",
		Do:    "Rename it, or set the field that the result names.",
	},
	{
		ID: ObjectTwice,
		Means: "The input contains the same object twice, so the objects that dindify generates for it would also be " +
			"duplicates. Nothing was changed.",
		Do: "Remove one of them, convert the files separately, or set `spec.cleanup.mode: Sidecar`, which generates no " +
			"objects.",
	},
	{
		ID:     StorageShared,
		Means:  "Two daemons would use the same data volume and corrupt it (moby#31600).",
		Do:     "Run one pod at a time, or use `spec.daemon.storage.ephemeral`.",
		Source: "moby#31600",
	},
	{
		ID: StorageUnfit,
		Means: "The volume behind the claim of `spec.daemon.storage` cannot keep the daemon's data: it is on a network " +
			"file system, read-only, a block device, or the data folder of the node's Docker.",
		Do:     "Use a claim whose volume has a file system of its own.",
		Source: "Linux, Documentation/filesystems/overlayfs.rst; moby#35483, moby#37012, moby#31600",
	},
	{
		ID:    DaemonMount,
		Means: "A mount of `spec.daemon.volumeMounts` has no volume, or hides a path that the daemon needs.",
		Do:    "Correct the field that the result names.",
	},
	{
		ID: DaemonConfig,
		Means: "A setting of dockerd, in its arguments or in the configuration file that it mounts, keeps it from " +
			"starting or from running containers; or dockerd does not know it.",
		Do: "Correct or remove the setting that the result names. If a newer version knows it, the warning can be ignored.",
		Source: "moby, daemon/command: a setting that is an argument and in the file, or unknown; runc: systemd cgroups " +
			"need systemd",
	},
	{
		ID: StorageLimit,
		Means: "A client limits its ephemeral storage. The kubelet compares the sum of all limits of the pod with all " +
			"of its emptyDir volumes, so the application's limit also applies to the daemon's images. Or a volume in " +
			"memory has room for more than the memory of the daemon, which what is in it counts as.",
		Do: "Set `spec.daemon.resources.limits.ephemeral-storage` or `.memory`, or use `spec.daemon.storage.ephemeral`.",
		Source: "k8s.io/kubernetes, pkg/kubelet/eviction/eviction_manager.go, podEphemeralStorageLimitEviction; " +
			"kubernetes.io/docs/concepts/storage/volumes, emptyDir",
	},
	{
		ID: PodResources,
		Means: "The pod sets resources at pod level. They are raised by what the daemon needs; an error if the " +
			"containers need more than that.",
		Do:     "If it is an error, lower `spec.daemon.resources` or `spec.client.resources`.",
		Source: "KEP-2837; k8s.io/kubernetes, pkg/apis/core/validation",
	},
	{
		ID: QoSClass,
		Means: "The pod had the QoS class Guaranteed. The daemon's container has other requests than limits, so the pod is " +
			"Burstable.",
		Do:     "Set equal requests and limits of cpu and memory in `spec.daemon.resources` and `spec.cleanup.resources`.",
		Source: "https://kubernetes.io/docs/concepts/workloads/pods/pod-qos/",
	},
	{
		ID:     FileGroup,
		Means:  "At each start, every file of the daemon's claim gets the pod's fsGroup.",
		Do:     "Use `spec.daemon.storage.ephemeral` or `emptyDir`, or remove `fsGroup`.",
		Source: "https://kubernetes.io/docs/tasks/configure-pod-container/security-context/#configure-volume-permission-and-ownership-change-policy-for-pods",
	},
	{
		ID: SocketOwner,
		Means: "A container changes the group of the socket. The daemon in the pod sets it at each start, and the " +
			"clean-up and the other containers use the socket by that group.",
		Do:     "Remove the command: every container of the pod has the socket's group.",
		Source: "HariSekhon/Kubernetes-configs, teamcity/base: chgrp 1000 /var/run/docker.sock",
	},
	{
		ID: DeviceNotPassed,
		Means: "The client uses a device, such as a GPU. Nested containers got it from the node's Docker, but the " +
			"daemon in the pod does not have it.",
		Do:     "Use a `spec.daemon.image` with the device's runtime, and request the device in `spec.daemon.resources`.",
		Source: "NVIDIA/nvidia-docker#375",
	},
	{
		ID: SharedProcesses,
		Means: "The pod shares its process namespace: the application sees the processes of the daemon and its " +
			"containers.",
		Do: "Remove `shareProcessNamespace` unless the application needs it.",
	},
	{
		ID:    NodeProgram,
		Means: "The client runs a docker program of the node, which is gone when Docker is removed from the node.",
		Do:    "Install it in the client's image, and remove the mount.",
	},
	{
		ID: NodeDevice,
		Means: "The client mounts a device of the node. A privileged daemon has it without a mount; other daemons " +
			"cannot use it.",
		Do: "Choose `spec.daemon.isolation: Privileged` if nested containers need it.",
	},
	{
		ID: SecretNotMirrored,
		Means: "A Secret or token of the client is not mounted in the daemon. A nested container that mounts its path " +
			"finds it empty.",
		Do: "List the volume in `spec.pod.mirrorInclude` if nested containers need it.",
	},
	{
		ID:    VolumeUnknown,
		Means: "`spec.pod.mirrorInclude` or `mirrorExclude` lists a volume that no converted workload has.",
		Do:    "Correct the name, or remove it.",
	},
	{
		ID:    DockerVersion,
		Means: "A known problem of the Docker version in `spec.daemon.image` with this configuration.",
		Do:    "Follow the proposal in the result; docs/reference.md has the table.",
	},
	{
		ID: LimitRange,
		Means: "A LimitRange in the input refuses a pod with the daemon's resources or its claim, or sets a limit for " +
			"the daemon.",
		Do:     "Change it, or set `spec.daemon.resources` or `spec.cleanup.resources`.",
		Source: "https://kubernetes.io/docs/concepts/policy/limit-range/",
	},
	{
		ID: ResourceQuota,
		Means: "A ResourceQuota in the input is too small for the daemon, its claim or its clean-up, or requires resources " +
			"that are not set.",
		Do:     "Raise it, or set `spec.daemon.resources` or `spec.cleanup.resources`.",
		Source: "https://kubernetes.io/docs/concepts/policy/resource-quotas/",
	},
	{
		ID: NetworkPolicy,
		Means: "A NetworkPolicy in the input, or one of Cilium or Calico, blocks the pod's access to registries, or the " +
			"access of the clean-up's job to the API server. Before, the node pulled and pruned, and no policy applied.",
		Do: "Allow egress to what the result names, or set `spec.daemon.registryMirrors` to a mirror in the cluster, or " +
			"`spec.cleanup.mode: Sidecar`.",
		Source: "https://kubernetes.io/docs/concepts/services-networking/network-policies/; " +
			"https://docs.cilium.io/en/stable/security/policy/; " +
			"https://docs.tigera.io/calico/latest/reference/resources/networkpolicy",
	},
	{
		ID:    VerticalAutoscaler,
		Means: "A VerticalPodAutoscaler in the input may change the daemon's resources.",
		Do:    "Add a container policy with mode Off for the daemon.",
	},
	{
		ID: HorizontalAutoscaler,
		Means: "An autoscaler in the input measures the usage of the whole pod, including the daemon and its " +
			"containers.",
		Do:     "Use a container resource metric for the application's container.",
		Source: "https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#container-resource-metrics",
	},
	{
		ID:    AdmissionPolicy,
		Means: "A policy in the input refuses privileged containers, but the daemon is privileged.",
		Do:    "Exclude the workload from the policy, or choose another `spec.daemon.isolation`.",
	},
	{
		ID: SecurityConstraints,
		Means: "On OpenShift, the pod's service account may not use any SecurityContextConstraints in the input that " +
			"allow privileged containers. The ones for the node's socket (`hostaccess`, `hostmount-anyuid`) do not allow " +
			"them.",
		Do: "Run `oc adm policy add-scc-to-user privileged -z ACCOUNT` for a service account that only this workload " +
			"uses; or choose another `spec.daemon.isolation`.",
		Source: "https://docs.redhat.com/en/documentation/openshift_container_platform/4.18/html/authentication_and_authorization/managing-pod-security-policies",
	},
	{
		ID:    IsolationConflict,
		Means: "A field of the pod contradicts `spec.daemon.isolation`.",
		Do:    "Change one of the two.",
	},
	{
		ID: InitPostStart,
		Means: "An init container uses Docker, and with `spec.daemon.startup: PostStart` the daemon starts after all init " +
			"containers. Nothing was changed.",
		Do: "Use `startup: Sidecar`, or remove the socket's mount from the init container.",
	},
	{
		ID:     JobPostStart,
		Means:  "A Job would never complete, since its daemon keeps running.",
		Do:     "Set `spec.daemon.startup: Sidecar`.",
		Source: "kubernetes#25908",
	},
	{
		ID:    Unconvertible,
		Means: "A field does not have the type that Kubernetes expects.",
		Do:    "Correct it.",
	},
	{
		ID: TooLarge,
		Means: "An object has more pods, or a pod more containers, volumes, mounts and environment variables, than " +
			"dindify's limits allow; or a conversion needs a longer journal; or the workloads of a run need too many lookups " +
			"of ConfigMaps, Secrets and policies (fn/limits).",
		Do: "Split the object, omit the file, or pass fewer objects at a time.",
	},
}
