package report

// Ids of findings about the changes of a conversion to clients and their network.
const (
	SocketStripped    = "socket-stripped"
	SocketUnmounted   = "socket-unmounted"
	SocketShared      = "socket-shared"
	SocketDirectory   = "socket-directory"
	SocketAsFile      = "socket-as-file"
	DockerHostSet     = "docker-host-set"
	DockerHostForeign = "docker-host-foreign"
	EnvSet            = "env-set"
	EnvRemoved        = "env-removed"
	ResourcesSet      = "resources-set"
	HostNetwork       = "host-network-dropped"
	HostPort          = "host-port"
	ProbeHost         = "probe-host"
	NodeAddress       = "node-address"
	NodeLoopback      = "node-loopback"
	NodeImage         = "node-image"
	BindSource        = "bind-source"
	NodeNetwork       = "node-network"
	NoSharedVolume    = "no-shared-volume"
	Mesh              = "mesh"
	APIVersion        = "api-version"
)

// clientEntries are the entries of these ids.
var clientEntries = []Entry{
	{
		ID:     SocketStripped,
		Means:  "The node's socket was removed from the pod.",
		Do:     nothing,
		Source: "https://docs.docker.com/engine/security/#docker-daemon-attack-surface",
	},
	{
		ID:    SocketUnmounted,
		Means: "No container mounts the volume with the node's socket.",
		Do:    "Remove the volume.",
	},
	{
		ID:    SocketShared,
		Means: "The socket of the pod's own daemon is mounted in place of the node's.",
		Do:    nothing,
	},
	{
		ID:    SocketDirectory,
		Means: "A folder of the node that contains the socket was mounted. The mount was removed.",
		Do:    "Check that the application needs nothing else from that folder.",
	},
	{
		ID: SocketAsFile,
		Means: "The socket is mounted as a file, since its folder would hide files of the image. The mount becomes " +
			"invalid when the daemon restarts.",
		Do: "Restart the client's container after each restart of the daemon, or configure the client to use " +
			"`/var/run/docker.sock`.",
		Source: "a bind mount holds the inode, and dockerd creates a new socket at each start",
	},
	{
		ID:     DockerHostSet,
		Means:  "`DOCKER_HOST` was set to the pod's own daemon.",
		Do:     nothing,
		Source: "https://docs.docker.com/reference/cli/docker/#environment-variables",
	},
	{
		ID:    DockerHostForeign,
		Means: "`DOCKER_HOST`, or an argument, names an endpoint other than the mounted socket.",
		Do:    "Change it where it is set, or remove it.",
	},
	{
		ID:    EnvSet,
		Means: "An environment variable of the client was set or changed.",
		Do:    nothing,
	},
	{
		ID: EnvRemoved,
		Means: "An environment variable of the client was removed: it configured the old connection, or " +
			"`spec.client.unsetEnv` lists it.",
		Do: nothing,
	},
	{
		ID:    ResourcesSet,
		Means: "The client's resources were set to `spec.client.resources`.",
		Do:    nothing,
	},
	{
		ID:    HostNetwork,
		Means: "The pod no longer uses the node's network, where the daemon's bridge and ports would be the node's.",
		Do:    "Access the application through a Service.",
	},
	{
		ID:    HostPort,
		Means: "Ports of the node are now ports of the pod.",
		Do:    "Access them through a Service.",
	},
	{
		ID: ProbeHost,
		Means: "A probe or hook used the node's loopback or a node's address. The kubelet connects from the node, and " +
			"the pod is no longer on the node's network; without a host, the kubelet connects to the pod.",
		Do: "Make the application listen on the pod's address, not only on its loopback.",
	},
	{
		ID: NodeAddress,
		Means: "An environment variable of the client holds an address of the node. Ports that the daemon publishes are " +
			"now on the pod. The variable was changed if it certainly refers to them.",
		Do: "Use `status.podIP` or 127.0.0.1, or list the variable in `spec.client.unsetEnv`; keep it if it refers to " +
			"an agent on the node.",
	},
	{
		ID: NodeLoopback,
		Means: "A variable or an argument has a loopback address, and the pod was on the node's network. The address is " +
			"now the pod's own: its containers and the ports that its daemon publishes are there, and no service of the node.",
		Do: "If it is for a service of the node, use `status.hostIP` in a variable, or a Service.",
	},
	{
		ID: NodeImage,
		Means: "A container only runs images that are already on the node (`imagePullPolicy: Never`). Images that a " +
			"converted workload builds are stored in its own daemon.",
		Do: "Push built images to a registry and pull them from there.",
	},
	{
		ID: BindSource,
		Means: "Containers of the client bind-mount a path that was a folder of the node. The daemon resolves such " +
			"paths in its own file system, and creates an empty folder (moby#23900).",
		Do: "Mount the folder's hostPath in the client at the same path, which dindify mirrors, or set " +
			"`spec.daemon.volumes` and `spec.daemon.volumeMounts`.",
	},
	{
		ID: NodeNetwork,
		Means: "Containers of the client join a network that was made on the node. Docker creates missing volumes, but " +
			"no networks.",
		Do: "Remove the setting, or create the network in an init container that mounts the socket: with " +
			"`spec.daemon.startup: Sidecar` it runs when the daemon answers.",
	},
	{
		ID: NoSharedVolume,
		Means: "The client and its daemon share no writable folder: containers that bind-mount a path of the client " +
			"find it empty.",
		Do: "Mount a volume at the client's work folder, such as an emptyDir. dindify mounts it in the daemon at the " +
			"same path.",
	},
	{
		ID: Mesh,
		Means: "The pod is part of a service mesh, which would treat traffic of nested containers as inbound traffic. " +
			"The mesh's annotation against that was set, if it has one.",
		Do: "Give the bridges of user-defined networks a fixed name and add them to the annotation (Istio), or add " +
			"their subnets (Linkerd, Kuma). Consul has no such annotation: switch its transparent proxy off for the pod.",
	},
	{
		ID: APIVersion,
		Means: "`DOCKER_API_VERSION` is an API version that the daemon does not serve. Clients do not negotiate the " +
			"version if it is set.",
		Do: "Remove it, or choose another `spec.daemon.image`.",
	},
}
