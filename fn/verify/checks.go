package verify

// Checks lists all checks of a workload, in the order in which they run and are printed.
var Checks = []Check{
	{
		ID: "rollout", Level: Look, About: "the newest pod is ready", Rights: rights(listPods),
		Reads: rights(listReplicaSets, listJobs, listEvents, getLog), Run: rollout,
	},
	{ID: "skipped", Level: Look, About: "the conversion was not skipped", Pre: true, Run: skipped},
	{
		ID: "drift", Level: Look, About: "the cluster has what the manifests say",
		Reads: rights(getAccounts, getRoles, getBindings, getCronJobs), Run: drift,
	},
	{
		ID: "version", Level: Look, About: "server and kubelet know the fields that are used", Pre: true,
		Reads: rights(getNodes, listNodes), Run: versions,
	},
	{
		ID: "node", Level: Look, About: "runtime class, storage class, node", Pre: true,
		Reads: rights(getNodes, getRuntimeClasses, getStorageClasses, listVolumes), Run: node,
	},
	{
		ID: "pod-security", Level: Look, About: "the namespace admits the pod", Pre: true, Reads: rights(createPods),
		Run: podSecurity,
	},
	{
		ID: "quota", Level: Look, About: "the quota and the LimitRange admit the pod", Rights: rights(createPods),
		Pre: true, OnlyPre: true, Run: quota,
	},
	{
		ID: "exposed", Level: Look, About: "no Service, Ingress or host port leads to the daemon",
		Rights: rights(listServices), Reads: rights(listIngresses), Run: exposed,
	},
	{
		ID: "port-closed", Level: Look, About: "the API server cannot reach the daemon's port",
		Rights: rights(listPods, proxyPods), EachPod: true, Run: portClosed,
	},
	{
		ID: "start-gap", Level: Look, About: "time from the daemon's start to the client's", Rights: rights(listPods),
		EachPod: true, Run: startGap,
	},
	{
		ID: "restarts", Level: Look, About: "the daemon was not restarted", Rights: rights(listPods), Reads: rights(getLog),
		EachPod: true, Run: restarts,
	},
	{
		ID: "cleanup-target", Level: Look, About: "the clean-up's target exists", Pre: true, Reads: rights(listCronJobs),
		Run: cleanupTarget,
	},
	{
		ID: "cleanup-rights", Level: Look, About: "the clean-up's account may do its work",
		Rights: rights(listCronJobs, reviewAccess), Run: cleanupRights,
	},
	{
		ID: "cleanup-history", Level: Look, About: "the last clean-up worked", Rights: rights(listCronJobs, listJobs),
		Reads: rights(listPods, getLog), Run: cleanupHistory,
	},

	{ID: "client-daemon", Level: Exec, About: "the client reaches a daemon", EachPod: true, Run: clientDaemon},
	{ID: "own-daemon", Level: Exec, About: "it is the daemon of its own pod", EachPod: true, Run: ownDaemon},
	{ID: "port-listen", Level: Exec, About: "the daemon listens on loopback only", EachPod: true, Run: portListen},
	{ID: "socket-file", Level: Exec, About: "the socket file of the client", Run: socketFile},
	{ID: "data", Level: Exec, About: "the daemon's data are on a volume", EachPod: true, Run: data},
	{ID: "engine", Level: Exec, About: "the engine, its configuration and its warnings", EachPod: true, Run: engine},
	{ID: "mirror", Level: Exec, About: "volumes are at the same path in client and daemon", EachPod: true, Run: mirror},
	{ID: "mtu", Level: Exec, About: "nested networks fit the pod's", EachPod: true, Run: mtu},

	{ID: "nested-run", Level: Nested, About: "the daemon runs a container", EachPod: true, Run: nestedRun},
	{ID: "nested-mount", Level: Nested, About: "a container sees the client's volumes", EachPod: true, Run: nestedMount},
	{
		ID: "nested-port", Level: Nested, About: "a container cannot reach the daemon's port", EachPod: true,
		Run: nestedPort,
	},
	{ID: "pull", Level: Nested, About: "the daemon pulls the image of --pull", Run: pull},

	{
		ID: "cleanup-works", Level: Canary, About: "the clean-up's job reaches the daemon", Rights: rights(listCronJobs),
		Run: cleanupWorks,
	},
	{
		ID: "cleanup-loud", Level: Canary, About: "the clean-up's job fails without its target", Rights: rights(listCronJobs),
		Run: cleanupLoud,
	},
	{ID: "canary-user", Level: Canary, About: "a copy of the client, as its user, runs a container", Run: canaryUser},
	{ID: "canary-job", Level: Canary, About: "a Job of the pod completes when its client ends", Run: canaryJob},
	{
		ID: "canary-restart", Level: Canary, About: "the client survives a daemon that was killed", Disruptive: true,
		Run: canaryRestart,
	},
	{ID: "canary-prune", Level: Canary, About: "what the clean-up's command removes", Disruptive: true, Run: canaryPrune},
	{ID: "canary-delete", Level: Canary, About: "a deleted pod is gone within its grace period", Run: canaryDelete},
	{ID: "node-leftovers", Level: Canary, About: "what the old way left on the node", Run: nodeLeftovers},
}

// ClusterChecks check more than one workload. They run once, before the others.
var ClusterChecks = []Check{
	{ID: "rights", Level: Look, About: "what you may look at", Pre: true},
	{ID: "leftovers", Level: Look, About: "what still uses the node's Docker", Reads: audited()},
	{ID: "apply", Level: Look, About: "the server accepts each object", Pre: true, OnlyPre: true},
}
