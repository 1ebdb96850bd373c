package report

// sources are where it is written that a finding is so: an issue or a specification, for what may surprise.
var sources = map[string]string{
	Owned:                "https://kubernetes.io/docs/concepts/overview/working-with-objects/owners-dependents/",
	SocketStripped:       "https://docs.docker.com/engine/security/#docker-daemon-attack-surface",
	SocketAsFile:         "a bind mount holds the inode, and dockerd makes a new socket at each start",
	DockerHostSet:        "https://docs.docker.com/reference/cli/docker/#environment-variables",
	HostAlias:            "https://kubernetes.io/docs/tasks/network/customize-hosts-file-for-pods/",
	DaemonAdded:          "docker-library/docker, dockerd-entrypoint.sh; KEP-753",
	MirrorSkipped:        "moby#23900: the daemon resolves the paths of bind mounts in its own file system",
	GroupAdded:           "moby, daemon/listeners/group_unix.go: a numeric group need not exist",
	GracePeriod:          "KEP-753: sidecars end after the application; moby, daemon/config: shutdown-timeout is 15 s",
	DefaultContainer:     "https://kubernetes.io/docs/reference/labels-annotations-taints/#kubectl-kubernetes-io-default-container",
	RuntimeClass:         "https://kubernetes.io/docs/concepts/containers/runtime-class/",
	KubernetesVersion:    "KEP-753 (sidecars), KEP-127 (user namespaces)",
	PodSecurity:          "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
	SecurityConstraints:  "https://docs.redhat.com/en/documentation/openshift_container_platform/4.18/html/authentication_and_authorization/managing-pod-security-policies",
	NetworkPolicy:        "https://kubernetes.io/docs/concepts/services-networking/network-policies/",
	LimitRange:           "https://kubernetes.io/docs/concepts/policy/limit-range/",
	ResourceQuota:        "https://kubernetes.io/docs/concepts/policy/resource-quotas/",
	HorizontalAutoscaler: "https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#container-resource-metrics",
	StorageLimit:         "k8s.io/kubernetes, pkg/kubelet/eviction/eviction_manager.go, podEphemeralStorageLimitEviction",
	PodResources:         "KEP-2837; k8s.io/kubernetes, pkg/apis/core/validation",
	DeviceNotPassed:      "NVIDIA/nvidia-docker#375",
	FileGroup:            "https://kubernetes.io/docs/tasks/configure-pod-container/security-context/#configure-volume-permission-and-ownership-change-policy-for-pods",
	StorageShared:        "moby#31600",
	CleanupExec:          "https://kubernetes.io/docs/concepts/security/rbac-good-practices/#workload-creation",
	JobPostStart:         "kubernetes#25908",
}

// Source is where it is written that a finding of that id is so; "" where dindify's own documentation is all there is.
func Source(id string) string { return sources[id] }
