package report

// discoveryEntries are those about what was found, and how it was classified.
var discoveryEntries = []Entry{
	{
		NotClosed, "The component guards by an object of kind DinD among its resources, as components of older versions " +
			"do. `kubectl apply` goes on past it, so where a host skips the function the unconverted workloads are deployed.",
		"Remove the component's folder and let `dindify init` write it again, or copy `fail-closed.yaml` and the " +
			"annotation `dindify.dev/marker` from `examples/kustomize/dindify`.",
	},
	{
		NotListed, "Nothing in the kustomization lists dindify, so `dindify build` gave what kustomize builds.",
		"List the component, or give `--config` or `--mode DinD`.",
	},
	{SocketFound, "A way from a workload to a container runtime's socket on the node, with its class and the " +
		"evidence for it.", "What the result proposes."},
	{ConversionBroken, "Something changed a conversion afterwards so that it does not work: a name that `kubectl exec` " +
		"uses, the daemon's image, a mount, `DOCKER_HOST`.", "Take out what the result names; or convert after it, with " +
		"`dindify build --config`."},
	{RuntimeSocket, "The socket is containerd's, CRI-O's, Podman's or a folder of Docker's own: no Docker daemon can " +
		"stand in for it.", "Use the application's own means, or leave it."},
	{
		Observer, "The workload looks at the node's own containers. A daemon of its own would show it none.",
		"Leave it; or, if it runs containers, annotate it with `dindify.dev/convert: \"true\"`.",
	},
	{AlreadyDinD, "The workload has a Docker daemon of its own.", "Nothing; remove the socket's volume if it " +
		"is left over."},
	{ClassUnsure, "What the workload does with the socket could not be told, so it was left alone.", "Annotate it with " +
		"`dindify.dev/convert: \"true\"` or `\"false\"`."},
	{Classified, "What the workload does with the socket (client or cleanup), and the evidence for it.", nothing},
	{ClassAssumed, "Nothing shows what the workload does with the socket, and nothing speaks against a client. It is " +
		"converted on that assumption.", "See whether it runs containers of its own. Annotate it with " +
		"`dindify.dev/convert: \"true\"` where it does, `\"false\"` where it needs the node's containers."},
	{OptedOut, "The annotation `dindify.dev/convert: \"false\"` keeps it from being converted.", "Nothing."},
	{
		Owned, "A controller made the object, for the owner that is named, and would make it anew: a conversion of it " +
			"would not last. Said once for each owner; a warning where the owner is not in the input.",
		"Convert the owner's manifest.",
	},
	{NotTargeted, "No selector of `spec.targets` matches it.", "Add one, if it should be converted."},
	{KindUnknown, "Something that looks like a pod, in a kind that dindify does not know or in a text, uses the " +
		"node's Docker.", "Add the path of its pod to `spec.podSpecPaths`, or change it by hand."},
	{
		KindReportOnly, "A controller builds the pods of this kind itself, and would undo or break a conversion.",
		"Use the controller's own way to a Docker daemon; the result names it.",
	},
}
