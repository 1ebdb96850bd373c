package report

// Ids of findings about discovery and classification.
const (
	NotClosed        = "not-closed"
	NotListed        = "not-listed"
	SocketFound      = "socket-found"
	ConversionBroken = "conversion-broken"
	RuntimeSocket    = "runtime-socket"
	Observer         = "observer"
	AlreadyDinD      = "already-dind"
	ClassUnsure      = "class-unsure"
	Classified       = "classified"
	ClassAssumed     = "class-assumed"
	OptedOut         = "opted-out"
	Owned            = "owned"
	NotTargeted      = "not-targeted"
	KindUnknown      = "kind-unknown"
	KindReportOnly   = "kind-report-only"
)

// discoveryEntries are the entries of these ids.
var discoveryEntries = []Entry{
	{
		ID: NotClosed,
		Means: "If kustomize skips dindify, nothing stops the build: it prints the unconverted workloads. A component of " +
			"a version before v0.1.0 relies on an object of kind DinD among its resources, and `kubectl apply` continues " +
			"after that object. A functionConfig without the annotation `dindify.dev/marker` has nothing.",
		Do: "Remove the component's folder and run `dindify init` again, or copy `fail-closed.yaml` and the annotation " +
			"`dindify.dev/marker` from `examples/kustomize/dindify`.",
	},
	{
		ID:    NotListed,
		Means: "The kustomization does not list dindify, so `dindify build` printed the output of kustomize unchanged.",
		Do:    "List the component, or use `--config` or `--mode DinD`.",
	},
	{
		ID: SocketFound,
		Means: "A workload has access to a container runtime's socket on the node. The result gives its class and the " +
			"evidence.",
		Do: "Follow the proposal in the result.",
	},
	{
		ID: ConversionBroken,
		Means: "A later change broke a conversion: a name that `kubectl exec` uses, the daemon's image, command, " +
			"addresses, privileges or start, the network of the pod, a mount, a variable, or another part that the " +
			"conversion added. Not found, since the configuration could have chosen them: another value of a setting, such " +
			"as a limit or a flag of `spec.daemon.extraArgs`, and a missing mount of a client's folder in the daemon.",
		Do: "Remove the change that the result names; or convert after it, with `dindify build --config`.",
	},
	{
		ID: RuntimeSocket,
		Means: "The socket belongs to containerd, CRI-O or Podman, or the path is a folder of Docker itself: a Docker " +
			"daemon in the pod cannot replace it.",
		Do: "Use the application's own alternative, or leave it.",
	},
	{
		ID:    Observer,
		Means: "The workload reads or manages the node's own containers. A daemon in its pod would have none of them.",
		Do:    "Leave it; or, if it runs containers, annotate it with `dindify.dev/convert: \"true\"`.",
	},
	{
		ID:    AlreadyDinD,
		Means: "The workload has its own Docker daemon already.",
		Do:    "Nothing; remove the volume of the node's socket if it is unused.",
	},
	{
		ID:    ClassUnsure,
		Means: "There is no evidence of what the workload uses the socket for, so it was not converted.",
		Do:    "Annotate it with `dindify.dev/convert: \"true\"` or `\"false\"`.",
	},
	{
		ID:    Classified,
		Means: "The class of the workload (client or cleanup), with the evidence.",
		Do:    nothing,
	},
	{
		ID: ClassAssumed,
		Means: "There is no evidence of what the workload uses the socket for, and none against a client. It was " +
			"converted as a client.",
		Do: "Check whether it runs containers of its own. Annotate it with `dindify.dev/convert: \"true\"` if it does, " +
			"`\"false\"` if it needs the node's containers.",
	},
	{
		ID:    OptedOut,
		Means: "The annotation `dindify.dev/convert: \"false\"` excludes the workload from conversion.",
		Do:    "Nothing.",
	},
	{
		ID: Owned,
		Means: "The object has an owner whose controller would overwrite a conversion. It is reported once per owner, " +
			"and as a warning if the owner is not in the input.",
		Do:     "Convert the owner's manifest.",
		Source: "https://kubernetes.io/docs/concepts/overview/working-with-objects/owners-dependents/",
	},
	{
		ID:    NotTargeted,
		Means: "No selector of `spec.targets` matches the workload.",
		Do:    "Add a selector if it should be converted.",
	},
	{
		ID: KindUnknown,
		Means: "A pod in an unknown kind or in a text uses the node's Docker, or an object names the socket for pods that " +
			"a controller or a chart builds from it.",
		Do: "Add the path of its pod spec to `spec.podSpecPaths`, or change it by hand.",
	},
	{
		ID:    KindReportOnly,
		Means: "A controller builds the pods of this kind itself, and would revert or break a conversion.",
		Do:    "Use the controller's own support for a Docker daemon; the result names it.",
	},
}
