package report

// Checks are what the checks of `kubectl dindify verify` look at, and what to do where one is not ok.
var Checks = []Entry{
	{
		"rights", "What you may look at. A check whose rights are missing is unknown, and never a failure of the workload.",
		"Ask for the Role that the check prints, or `--skip` the checks.",
	},
	{"leftovers", "What in the cluster, or in the namespaces of the workloads, still uses the node's Docker, as " +
		"`dindify audit` finds it.", "Convert it, or remove it. Observers are named, and left alone."},
	{"rollout", "Whether a pod of the newest template is ready. The other checks look at that pod.", "Correct what the " +
		"kubelet or the controller says. `--wait` is how long verify waits."},
	{
		"skipped", "Whether dindify ran at all: kustomize skips a function without a word where `--enable-exec` is missing.",
		"Build with the flags, or with `dindify build`, and apply again.",
	},
	{"drift", "Whether the daemon, its volumes, the clients' connection and the clean-up are in the cluster as the " +
		"files of `-f` have them.", "Apply the files, or find out who changes the object (`--show-managed-fields`)."},
	{"version", "Whether the API server and the kubelet of each node know the fields that the pod uses. An old server " +
		"drops them without a word.", "Upgrade, or set `spec.daemon.startup` or `spec.daemon.isolation` to what the " +
		"cluster knows."},
	{"node", "Whether the runtime class and the storage class are there, and what the node runs.", "Make the class, or " +
		"choose another `spec.daemon.isolation` or `spec.daemon.storage`."},
	{"pod-security", "Whether admission takes the pod: Pod Security, and policies such as those of Kyverno and " +
		"Gatekeeper. The pod itself is asked for, in a dry run: a Deployment is accepted with a warning, and its pods " +
		"are refused.", "Label the namespace, ask for an exception, or choose another `spec.daemon.isolation`."},
	{"quota", "With `--pre`: whether the quota has room for the pod beside what runs.", "Raise it, or lower " +
		"`spec.daemon.resources`."},
	{"apply", "With `--pre`: whether the API server accepts each object, from you, in a dry run. A Role can be made " +
		"only by somebody who has its rights.", "Let somebody apply it who may, or set `spec.cleanup.mode: Sidecar`, which " +
		"needs no Role."},
	{"exposed", "Whether a Service, an Ingress or a port of the node leads to the daemon's ports.", "Remove it."},
	{"port-closed", "Whether the API server, as anything outside of the pod, can connect to 2375 or 2376. Without a " +
		"password that is root in the daemon.", "Set `spec.client.transport: Unix`. By hand: start dockerd with `--host` " +
		"for the socket only."},
	{"start-gap", "The time from the daemon's start to the client's. dockerd waits 15 s on purpose when it listens on " +
		"TCP without TLS.", "Set `spec.client.transport: Unix`."},
	{"restarts", "How often the daemon was restarted, and why.", "Raise `spec.daemon.resources.limits.memory` where it " +
		"was killed for its memory; else read its log."},
	{"cleanup-target", "Whether the clean-up's command names the workload, the container and the namespace that are " +
		"there, and whether it is suspended.", "Correct the command, or set `spec.cleanup.mode: Sidecar`."},
	{"cleanup-rights", "Whether the clean-up's ServiceAccount may find the pod and exec into it.", "Apply the Role and " +
		"the RoleBinding; the subject's namespace must be that of the account."},
	{
		"cleanup-history", "How the last clean-up ended, and what it printed. A job that ends well and cleans nothing is a " +
			"failure. Where its Job is gone, as after `ttlSecondsAfterFinished`, the times in the status of the CronJob tell.",
		"Read its log; `kubectl create job --from=cronjob/NAME` runs it now.",
	},
	{
		"client-daemon", "Whether each client reaches a daemon, asked in its own container as its own user.",
		"Give the pod the socket's group, or compare `DOCKER_HOST` with the daemon's `--host`.",
	},
	{
		"own-daemon", "Whether the daemon that a client reaches is that of its pod, by the daemon's ID.",
		"Find where `DOCKER_HOST` is set otherwise: in the image, in a file, by an argument.",
	},
	{"port-listen", "Whether the daemon listens beyond loopback, read from the pod's table of sockets. This holds for " +
		"other pods, the node and nested containers at once.", "Set `spec.client.transport: Unix`. By hand: start dockerd " +
		"with `--host` for the socket only."},
	{
		"socket-file", "Whether the socket is where the client had the node's, and belongs to a group that the client has.",
		"Set `spec.client.socketMount`, or `supplementalGroups`. Over TCP there is no file.",
	},
	{"data", "Whether the daemon keeps its data on a volume of the pod.", "Set `spec.daemon.storage`."},
	{"engine", "What the daemon says of itself: version, storage driver, whether it uses the mirrors and registries of " +
		"its arguments, its warnings.", "What the result proposes."},
	{"mirror", "Whether each volume of a client is at the same path in the daemon, by device and inode. Nothing is " +
		"written there.", "Mount it there: `spec.pod.mirrorVolumes`, `mirrorInclude`, `mirrorExclude`."},
	{
		"mtu", "Whether nested networks send packets that the pod's interface takes. Larger ones are lost without a word.",
		"Set `spec.daemon.mtu`.",
	},
	{"nested-run", "Whether the daemon runs a container, of an image that is made of the programs in the daemon's " +
		"own container.", "Read the daemon's log."},
	{
		"nested-mount", "Whether a container that mounts a volume of the client sees the same directory.",
		"Mount the volume in the daemon at the same path: `spec.pod.mirrorVolumes`.",
	},
	{"nested-port", "Whether a container on the daemon's bridge can reach the daemon's port. One that can is able to " +
		"leave its container.", "Set `spec.client.transport: Unix`."},
	{"pull", "Whether the daemon pulls the image of `--pull`.", "Set `spec.daemon.registryMirrors`, " +
		"`insecureRegistries`, or a proxy in `spec.daemon.env`."},
	{"cleanup-works", "Whether a job of the clean-up's CronJob reaches the daemon. Its command is replaced, so that " +
		"nothing is pruned.", "See cleanup-target and cleanup-rights."},
	{"cleanup-loud", "Whether a job of the clean-up's CronJob fails where its target is not there.", "Let the command " +
		"fail where it finds no pod."},
	{
		"canary-user", "Whether a copy of the client, as its user, reaches the copy's daemon and runs a container.",
		"Give the pod the socket's group.",
	},
	{"canary-job", "Whether a Job of the pod completes when its client has ended.", "Set `spec.daemon.startup: Sidecar`."},
	{
		"canary-restart", "Whether the client finds the daemon that follows one that was killed. Only the copy's is killed.",
		"Set `spec.client.socketMount: Directory`.",
	},
	{"canary-prune", "What the clean-up's own command removes, tried in the copy only.", "Choose a command that keeps " +
		"what the application needs."},
	{"canary-delete", "Whether a deleted pod is gone within its grace period.", "Look at the node: a mount or a process " +
		"of the daemon may hang."},
	{
		"node-leftovers", "What the node's own Docker still holds of the old way. A short Job mounts the node's /run to ask.",
		"Prune it on the node, when nothing uses it any more.",
	},
}

// About returns all entries of an id: results and checks may share one, where they are about the same thing.
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
