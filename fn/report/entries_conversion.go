package report

// conversionEntries are those about what a conversion changes.
var conversionEntries = []Entry{
	{SocketStripped, "The node's socket is not in the pod any more.", nothing},
	{SocketUnmounted, "A volume with the node's socket that no container mounts.", "Remove the volume."},
	{SocketShared, "The socket of the pod's own daemon stands where the node's did.", nothing},
	{SocketDirectory, "A folder of the node that holds the socket was mounted, and is not any more.", "Check that the " +
		"application needs nothing else of that folder."},
	{SocketAsFile, "The socket is mounted as a file, since its folder would hide files of the image. A file goes stale " +
		"with the daemon that made it.", "After a restart of the daemon restart the client's container too, or let it use " +
		"`/var/run/docker.sock`."},
	{DockerHostSet, "`DOCKER_HOST` names the pod's own daemon.", nothing},
	{
		DockerHostForeign, "`DOCKER_HOST`, or an argument, names an endpoint that is not the socket that is mounted.",
		"Change it where it is set, or remove it.",
	},
	{EnvSet, "A variable of the client was set or changed.", nothing},
	{
		EnvRemoved, "A variable of the client went: it belonged to the old connection, or `spec.client.unsetEnv` names it.",
		nothing,
	},
	{ResourcesSet, "The client's resources are those of `spec.client.resources`.", nothing},
	{HostNetwork, "The pod has a network of its own again. On the node's, the daemon's bridge and ports would be " +
		"the node's.", "Reach the application through a Service."},
	{HostPort, "Ports that were the node's are the pod's now.", "Reach them through a Service."},
	{ProbeHost, "A probe or hook named the node's loopback or a node. The kubelet dials it from the node, and the pod " +
		"is not on the node's network any more; without a host it dials the pod.", "Let the application listen on the " +
		"pod's address, not on its loopback alone."},
	{NodeAddress, "A variable of the client is an address of the node. What the daemon publishes is on the pod: where " +
		"that is certainly meant, the variable is changed.", "Use `status.podIP` or 127.0.0.1, or name the variable in " +
		"`spec.client.unsetEnv`; leave it where it means an agent on the node."},
	{NodeImage, "A container runs only what is on the node already (`imagePullPolicy: Never`). What a converted " +
		"workload builds stays in the images of its own daemon.", "Push what is built to a registry, and pull it."},
	{BindSource, "A path that containers of the client mount was a folder of the node. The daemon resolves such paths " +
		"in its own files, and makes an empty folder (moby#23900).", "Mount the folder's hostPath in the client at the " +
		"same path, which dindify mirrors, or set `spec.daemon.volumes` and `spec.daemon.volumeMounts`."},
	{NoSharedVolume, "The client and its daemon have no writable folder in common: containers find nothing at a path of " +
		"the client's that they mount.", "Mount a volume at the client's work folder, such as an emptyDir. dindify mounts " +
		"it in the daemon at the same path."},
	{Mesh, "A service mesh takes the pod in. It would take for inbound traffic what nested containers send; its " +
		"annotation for that is set.", "Give bridges of networks that containers make a fixed name, and add it (Istio), or " +
		"their subnets (Linkerd)."},
	{APIVersion, "`DOCKER_API_VERSION` is a version of the API that the daemon does not serve. With it set, clients do " +
		"not negotiate.", "Remove it, or choose another `spec.daemon.image`."},
	{HostAlias, "`host.docker.internal` is the pod itself: what the daemon publishes is on the pod's loopback.", nothing},
	{NodePinning, "The pod need not run on a particular node any more, since `spec.pod.nodePinning` is Drop.", nothing},
	{NodeVolume, "The pod may run on any node, and one of its volumes is a path of the node.", "Move the data to a " +
		"claim that any node can mount, or set `spec.pod.nodePinning` to Keep."},
	{DaemonAdded, "The daemon's container was added.", nothing},
	{VolumeAdded, "A volume or mount was added for the daemon.", nothing},
	{MirrorSkipped, "A volume of the client could not be mounted in the daemon. A nested container that mounts its path " +
		"finds it empty.", "Mount it at a path that the daemon's image does not use, or copy what is needed."},
	{GroupAdded, "The pod has the socket's group, so that clients that are not root may use it.", "If the image's " +
		"entrypoint changes the user, let it keep its groups."},
	{GracePeriod, "The pod has time for the client to end, and then for the daemon (15 s, dockerd's own).", nothing},
	{
		DefaultContainer, "`kubectl logs` and `exec` still mean the application, although the daemon is listed first.",
		nothing,
	},
	{RuntimeClass, "The isolation is the pod's, and holds the application too; a warning where it needs a runtime " +
		"handler that nothing names.", "Check that the application runs in it; set `spec.daemon.runtimeClassName`."},
	{IsolationLimits, "What nested containers cannot do under this `spec.daemon.isolation`.", "Choose another one where " +
		"the application needs it."},
	{VolumesOwned, "Whether the root of a rootless daemon, which is uid and gid 1000 on the node, may write the pod's " +
		"volumes: the pod's fsGroup decides, and a hostPath keeps its owner.", "Make a hostPath writable for group 1000; " +
		"set the pod's fsGroup to 1000 or make its volumes writable for everybody."},
	{KubernetesVersion, "What the cluster has to have for these choices.", "Check the cluster's version and nodes."},
	{PodSecurity, "The Pod Security level that the namespace has to allow; a warning where a Namespace of the input " +
		"enforces a stricter one.", "Label the namespace, or choose another `spec.daemon.isolation`."},
}
