package report

// Ids of findings about the changes of a conversion to the pod, and about the daemon.
const (
	HostAlias         = "host-alias-added"
	NodePinning       = "node-pinning-dropped"
	NodeVolume        = "node-volume"
	DaemonAdded       = "daemon-added"
	SetAnew           = "set-anew"
	VolumeAdded       = "volume-added"
	MirrorSkipped     = "mirror-skipped"
	GroupAdded        = "group-added"
	GracePeriod       = "grace-period"
	DefaultContainer  = "default-container"
	RuntimeClass      = "runtime-class"
	IsolationLimits   = "isolation-limits"
	VolumesOwned      = "volumes-owned"
	KubernetesVersion = "kubernetes-version"
	PodSecurity       = "pod-security"
)

// podEntries are the entries of these ids.
var podEntries = []Entry{
	{
		ID: HostAlias,
		Means: "`host.docker.internal` resolves to the pod itself: ports that the daemon publishes are on the pod's " +
			"loopback.",
		Do:     nothing,
		Source: "https://kubernetes.io/docs/tasks/network/customize-hosts-file-for-pods/",
	},
	{
		ID:    NodePinning,
		Means: "The pod is no longer pinned to a node, since `spec.pod.nodePinning` is Drop.",
		Do:    nothing,
	},
	{
		ID:    NodeVolume,
		Means: "The pod may run on any node, but one of its volumes is a path of the node.",
		Do:    "Move the data to a claim that any node can mount, or set `spec.pod.nodePinning` to Keep.",
	},
	{
		ID:     DaemonAdded,
		Means:  "The daemon's container was added.",
		Do:     nothing,
		Source: "docker-library/docker, dockerd-entrypoint.sh; KEP-753",
	},
	{
		ID: SetAnew,
		Means: "The workload was converted before, and values of its daemon or of the pruner were not those of the " +
			"configuration. They are set again.",
		Do: "Set the values to keep in the configuration.",
	},
	{
		ID:    VolumeAdded,
		Means: "A volume or mount was added for the daemon.",
		Do:    nothing,
	},
	{
		ID: MirrorSkipped,
		Means: "A volume of the client cannot be mounted in the daemon. A nested container that mounts its path finds " +
			"it empty.",
		Do:     "Mount it at a path that the daemon's image does not use, or copy the files.",
		Source: "moby#23900: the daemon resolves the paths of bind mounts in its own file system",
	},
	{
		ID:     GroupAdded,
		Means:  "The socket's group was added to the pod, so that non-root clients can use the socket.",
		Do:     "If the image's entrypoint changes the user, keep its supplementary groups.",
		Source: "moby, daemon/listeners/group_unix.go: a numeric group need not exist",
	},
	{
		ID:     GracePeriod,
		Means:  "The grace period was raised, so that the client and then the daemon (15 s by default) can stop.",
		Do:     nothing,
		Source: "KEP-753: sidecars end after the application; moby, daemon/config: shutdown-timeout is 15 s",
	},
	{
		ID: DefaultContainer,
		Means: "The application stays the default container of `kubectl logs` and `exec`, although the daemon is listed " +
			"first.",
		Do:     nothing,
		Source: "https://kubernetes.io/docs/reference/labels-annotations-taints/#kubectl-kubernetes-io-default-container",
	},
	{
		ID: RuntimeClass,
		Means: "The isolation applies to the whole pod, including the application; a warning if it needs a runtime " +
			"class that is not set.",
		Do:     "Check that the application runs in it; set `spec.daemon.runtimeClassName`.",
		Source: "https://kubernetes.io/docs/concepts/containers/runtime-class/",
	},
	{
		ID:    IsolationLimits,
		Means: "Limitations of nested containers with this `spec.daemon.isolation`.",
		Do:    "Choose another isolation if the application is affected.",
	},
	{
		ID: VolumesOwned,
		Means: "Whether the root user of a rootless daemon, uid and gid 1000 on the node, can write to the pod's " +
			"volumes: the pod's fsGroup decides, and a hostPath keeps its owner.",
		Do: "Make a hostPath writable for group 1000; set the pod's fsGroup to 1000, or make its volumes " +
			"world-writable.",
	},
	{
		ID:     KubernetesVersion,
		Means:  "The Kubernetes version and node features that the configuration needs.",
		Do:     "Check the cluster's version and nodes.",
		Source: "KEP-753 (sidecars), KEP-127 (user namespaces)",
	},
	{
		ID: PodSecurity,
		Means: "The Pod Security level that the namespace must allow; a warning if a Namespace in the input enforces a " +
			"stricter one.",
		Do:     "Label the namespace, or choose another `spec.daemon.isolation`.",
		Source: "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
	},
}
