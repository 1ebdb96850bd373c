package evidence

// Roles of observers.
var (
	metrics    = Role{Does: "measures the node's containers"}
	logs       = Role{Does: "reads the logs of the node's containers"}
	security   = Role{Does: "watches what the node's containers do"}
	dashboards = Role{Does: "shows and controls the node's containers"}
	notifiers  = Role{Does: "reports new versions of the images of the node's containers"}
	updaters   = Role{Does: "replaces or restarts the node's containers"}
	routers    = Role{Does: "routes traffic to the node's containers"}
	schedulers = Role{Does: "runs commands in the node's containers"}
	backups    = Role{Does: "stops the node's containers, and copies their volumes"}
	proxies    = Role{Does: "passes the node's socket on to other programs"}
	machines   = Role{Does: "runs virtual nodes as containers of the node, which others must reach", ReachedOnNode: true}
	chaos      = Role{Does: "injects faults into the node's containers"}
	networks   = Role{Does: "connects the node's containers to a network"}
	nodes      = Role{Does: "manages the node's containers for an orchestrator"}
	platforms  = Role{Does: "runs services on the node that others reach", ReachedOnNode: true}
)

// Roles of cleaners.
var prunes = Role{Does: "removes unused containers, images or volumes"}

// Roles of clients.
var (
	jobsInFolders = Role{Does: "runs jobs in containers that mount its work folder", Binds: true}
	actionsJobs   = Role{
		Does: jobsInFolders.Does, Binds: true, Folder: "/home/runner/externals", Work: "/home/runner/_work",
	}
	githubJobs    = Role{Does: jobsInFolders.Does, Binds: true, Folder: "/actions-runner/externals"}
	copiedJobs    = Role{Does: jobsInFolders.Does, Binds: true, Work: "/runner"} // it copies itself there when it starts
	teamcityJobs  = Role{Does: jobsInFolders.Does, Binds: true, Work: "/opt/buildagent/work"}
	azureJobs     = Role{Does: jobsInFolders.Does, Binds: true, WorkVariable: "AZP_WORK"}
	buildkiteJobs = Role{Does: jobsInFolders.Does, Binds: true, WorkVariable: "BUILDKITE_BUILD_PATH"}
	jobsInVolumes = Role{Does: "runs jobs in containers that share volumes of the daemon"}
	sandboxes     = Role{Does: "runs sandboxes in containers"}
	workspaces    = Role{Does: "runs workspaces in containers", Binds: true}
	builders      = Role{Does: "builds images"}
	functions     = Role{Does: "runs functions in containers"}
	services      = Role{Does: "starts services in containers"}
	commandLine   = Role{Does: "is Docker's command line", Binds: true, ByCommandOnly: true}
)
