package report

// Checks lists the checks of `kubectl dindify verify`: what each one tests, and what to do if it fails.
var Checks = []Entry{
	{
		ID: "rights",
		Means: "Whether you have the permissions for the other checks. A check without its permissions is unknown, and " +
			"never a failure of the workload.",
		Do: "Ask for the Role and the ClusterRole that the check prints, or `--skip` the checks.",
	},
	{
		ID: "leftovers",
		Means: "Whether other workloads in the cluster, or in the namespaces of the workloads, still use the node's " +
			"Docker, as `dindify audit` reports it.",
		Do: "Convert or remove them. Observers are listed, and are not failures.",
	},
	{
		ID:    "rollout",
		Means: "Whether a pod of the newest template is ready. The other checks use that pod.",
		Do: "Fix what the kubelet or the controller reports. `--wait` sets how long verify waits, for all workloads " +
			"together.",
	},
	{
		ID:    "skipped",
		Means: "Whether dindify ran at all: kustomize silently skips a function without `--enable-exec`.",
		Do:    "Build with the flags, or with `dindify build`, and apply again.",
	},
	{
		ID: "drift",
		Means: "Whether the daemon, its volumes, the clients' connection and the clean-up in the cluster equal the " +
			"files of `-f`. Of an object that is more than once in them the last is compared, and a warning says so.",
		Do: "Apply the files, or find out who changes the object (`--show-managed-fields`).",
	},
	{
		ID: "version",
		Means: "Whether the API server and the kubelets of the nodes on which the pod may run support the fields that " +
			"it uses. An older server silently drops them.",
		Do: "Upgrade, or set `spec.daemon.startup` or `spec.daemon.isolation` to values that the cluster supports.",
	},
	{
		ID:    "node",
		Means: "Whether the runtime class and the storage class exist, and which versions the node runs.",
		Do:    "Create the class, or choose another `spec.daemon.isolation` or `spec.daemon.storage`.",
	},
	{
		ID: "pod-security",
		Means: "Whether admission accepts the pod: Pod Security, and policies such as those of Kyverno and Gatekeeper. " +
			"A dry run creates the pod itself: a Deployment is accepted with a warning, and its pods are refused.",
		Do: "Label the namespace, request an exception, or choose another `spec.daemon.isolation`.",
	},
	{
		ID: "quota",
		Means: "With `--pre`: whether the quota has room for the pod in addition to what runs, and the LimitRange admits " +
			"it.",
		Do: "Raise `spec.hard` of the ResourceQuota, or set `spec.daemon.resources` to what both allow.",
	},
	{
		ID: "apply",
		Means: "With `--pre`: whether the API server accepts each object of the files, in a dry run. An object that is " +
			"there is patched as `kubectl apply` does, which tells fields that cannot be changed, and kinds that the server " +
			"does not have. What you may not create or change is unknown. An object that is more than once in the files is a " +
			"warning: `kubectl apply` leaves the last.",
		Do: "The result has a line for each kind of refusal: Pod Security, quota, LimitRange, webhook or policy, " +
			"unknown field or kind, a field that cannot be changed, a missing namespace. A webhook that cannot be asked in a " +
			"dry run is unknown. Only a user who has a Role's permissions can create it; `spec.cleanup.mode: Sidecar` needs " +
			"no Role.",
	},
	{
		ID:    "exposed",
		Means: "Whether a Service, an Ingress or a port of the node leads to the daemon's ports.",
		Do:    "Remove it.",
	},
	{
		ID: "port-closed",
		Means: "Whether the API server, like any other client outside of the pod, can connect to port 2375 or 2376, " +
			"or to a port of the daemon's own arguments. Without a password this gives root in the daemon.",
		Do: "Set `spec.client.transport: Unix`. In a manifest of your own, start dockerd with `--host` for the socket " +
			"only.",
	},
	{
		ID: "start-gap",
		Means: "The time from the daemon's start to the client's. dockerd waits 15 s on purpose if it listens on TCP " +
			"without TLS.",
		Do: "Set `spec.client.transport: Unix`.",
	},
	{
		ID:    "restarts",
		Means: "How often the daemon was restarted, and why.",
		Do:    "Raise `spec.daemon.resources.limits.memory` if it was killed for its memory; otherwise read its log.",
	},
	{
		ID: "cleanup-target",
		Means: "Whether the workload, container and namespace in the clean-up's command exist, and whether the clean-up " +
			"is suspended. Without `-c` kubectl runs the command in the pod's default container. A clean-up of a workload " +
			"that is not there fails for one that nothing cleans: it was probably made for it, under an earlier name.",
		Do: "Correct the command, or set `spec.cleanup.mode: Sidecar`.",
	},
	{
		ID:    "cleanup-rights",
		Means: "Whether the clean-up's ServiceAccount may find the pod and exec into it.",
		Do:    "Apply the Role and the RoleBinding; the subject's namespace must be that of the account.",
	},
	{
		ID: "cleanup-history",
		Means: "The result and output of the last clean-up. A job that succeeds but cleans nothing is a failure. If its " +
			"Job is deleted, for example after `ttlSecondsAfterFinished`, the CronJob's status is used.",
		Do: "Read its log; `kubectl create job --from=cronjob/NAME` runs it now.",
	},
	{
		ID:    "client-daemon",
		Means: "Whether each client reaches a daemon, tested in its own container as its own user.",
		Do:    "Add the socket's group to the pod, or compare `DOCKER_HOST` with the daemon's `--host`.",
	},
	{
		ID:    "own-daemon",
		Means: "Whether the daemon that a client reaches is that of its pod, by the daemon's ID.",
		Do:    "Find out where else `DOCKER_HOST` is set: in the image, in a file, by an argument.",
	},
	{
		ID: "port-listen",
		Means: "Whether the daemon listens on addresses other than loopback, read from the pod's table of sockets. This " +
			"covers other pods, the node and nested containers.",
		Do: "Set `spec.client.transport: Unix`. In a manifest of your own, start dockerd with `--host` for the socket " +
			"only.",
	},
	{
		ID: "socket-file",
		Means: "Whether the socket is at the path of the node's former socket, and belongs to a group that the client " +
			"has.",
		Do: "Set `spec.client.socketMount`, or `supplementalGroups`. There is no file with TCP.",
	},
	{
		ID:    "data",
		Means: "Whether the daemon keeps its data on a volume of the pod.",
		Do:    "Set `spec.daemon.storage`.",
	},
	{
		ID: "engine",
		Means: "What the daemon reports about itself: its version, its storage driver, the mirrors and registries that " +
			"it uses compared with its arguments, and its warnings.",
		Do: "Follow the proposal in the result.",
	},
	{
		ID: "mirror",
		Means: "Whether each volume of a client is at the same path in the daemon, by device and inode. The check " +
			"writes nothing there.",
		Do: "Mount it there: `spec.pod.mirrorVolumes`, `mirrorInclude`, `mirrorExclude`.",
	},
	{
		ID:    "mtu",
		Means: "Whether packets of nested networks fit the pod's interface. Larger packets are silently dropped.",
		Do:    "Set `spec.daemon.mtu`.",
	},
	{
		ID: "nested-run",
		Means: "Whether the daemon can run a container. Its image is built from the programs in the daemon's own " +
			"container.",
		Do: "Read the daemon's log.",
	},
	{
		ID:    "nested-mount",
		Means: "Whether a nested container that mounts a volume of the client sees the same directory.",
		Do:    "Mount the volume in the daemon at the same path: `spec.pod.mirrorVolumes`.",
	},
	{
		ID:    "nested-port",
		Means: "Whether a container on the daemon's bridge can reach the daemon's port, which allows it to escape.",
		Do:    "Set `spec.client.transport: Unix`.",
	},
	{
		ID:    "pull",
		Means: "Whether the daemon can pull the image of `--pull`.",
		Do:    "Set `spec.daemon.registryMirrors`, `insecureRegistries`, or a proxy in `spec.daemon.env`.",
	},
	{
		ID: "cleanup-works",
		Means: "Whether a job of the clean-up's CronJob reaches the daemon. The check replaces its command, so that it " +
			"prunes nothing.",
		Do: "See cleanup-target and cleanup-rights.",
	},
	{
		ID:    "cleanup-loud",
		Means: "Whether a job of the clean-up's CronJob fails if its target does not exist.",
		Do:    "Make the command fail if it finds no pod.",
	},
	{
		ID:    "canary-user",
		Means: "Whether a copy of the client, as its user, reaches the copy's daemon and runs a container.",
		Do:    "Add the socket's group to the pod.",
	},
	{
		ID:    "canary-job",
		Means: "Whether a Job of the pod completes when its client has ended.",
		Do:    "Set `spec.daemon.startup: Sidecar`.",
	},
	{
		ID:    "canary-restart",
		Means: "Whether the client finds the new daemon after the daemon was killed. Only the copy's daemon is killed.",
		Do:    "Set `spec.client.socketMount: Directory`.",
	},
	{
		ID:    "canary-prune",
		Means: "What the clean-up's own command removes, tested in the copy only.",
		Do:    "Choose a command that keeps what the application needs.",
	},
	{
		ID:    "canary-delete",
		Means: "Whether a deleted pod is gone within its grace period.",
		Do:    "Check the node: a mount or a process of the daemon may hang.",
	},
	{
		ID: "node-leftovers",
		Means: "What the node's own Docker still stores from before the conversion. A short Job mounts the node's /run " +
			"to find out.",
		Do: "Prune it on the node when nothing uses it any more.",
	},
}

// About returns all entries of an id. Findings and checks may share an id if they are about the same thing.
func About(id string) []Entry {
	var found []Entry
	for _, list := range [][]Entry{Entries, Checks} {
		for _, e := range list {
			if e.ID == id {
				found = append(found, e)
			}
		}
	}
	return found
}
