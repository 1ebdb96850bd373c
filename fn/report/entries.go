package report

// Entry says what an id means, and what to do where one of that id is met.
type Entry struct{ ID, Means, Do string }

// Lookup returns the entry of an id.
func Lookup(id string) (Entry, bool) {
	for _, e := range Entries {
		if e.ID == id {
			return e, true
		}
	}
	return Entry{}, false
}

const nothing = "Nothing: it says what was done."

// Entries are all ids, by what they are about.
var Entries = []Entry{
	{InputInvalid, "The input is no ResourceList, or no YAML.", "Correct the line that is named. For plain manifests there is `dindify convert`."},
	{FileSkipped, "A file of a folder is no manifest, such as a Helm template, and was passed over. `audit` reads it by its lines.", "Render it first (`helm template`), or name it by itself to see why it cannot be read."},
	{NothingAudited, "`audit` was given no Kubernetes object, so that nothing can be said.", "Check the path; give `kubectl get` the flag `-o yaml`."},
	{ConfigInvalid, "The functionConfig has an unknown field or value, or two that contradict each other. Nothing was changed.", "Correct the field that is named; all problems are told at once. `dindify schema` prints what is allowed."},
	{ConfigUnused, "A functionConfig is among the files, and `--config` names none or another. It was neither carried out nor changed.", "Name it: `--config FILE`."},
	{Internal, "A defect of dindify's, noticed before anything was written.", "Report it with the input that shows it."},

	{NotListed, "Nothing in the kustomization lists dindify, so `dindify build` gave what kustomize builds.", "List the component, or give `--config` or `--mode DinD`."},
	{SocketFound, "A way from a workload to a container runtime's socket on the node, with its class and the evidence for it.", "What the result proposes."},
	{ConversionBroken, "Something changed a conversion afterwards so that it does not work: a name that `kubectl exec` uses, the daemon's image, a mount, `DOCKER_HOST`.", "Take out what the result names; or convert after it, with `dindify build --config`."},
	{RuntimeSocket, "The socket is containerd's, CRI-O's, Podman's or a folder of Docker's own: no Docker daemon can stand in for it.", "Use the application's own means, or leave it."},
	{Observer, "The workload looks at the node's own containers. A daemon of its own would show it none.", "Leave it; or, if it runs containers, annotate it with `dindify.dev/convert: \"true\"`."},
	{AlreadyDinD, "The workload has a Docker daemon of its own.", "Nothing; remove the socket's volume if it is left over."},
	{ClassUnsure, "What the workload does with the socket could not be told, so it was left alone.", "Annotate it with `dindify.dev/convert: \"true\"` or `\"false\"`."},
	{Classified, "What the workload does with the socket (client or cleanup), and the evidence for it.", nothing},
	{ClassAssumed, "Nothing shows what the workload does with the socket, and nothing speaks against a client. It is converted on that assumption.", "See whether it runs containers of its own. Annotate it with `dindify.dev/convert: \"true\"` where it does, `\"false\"` where it needs the node's containers."},
	{OptedOut, "The annotation `dindify.dev/convert: \"false\"` keeps it from being converted.", "Nothing."},
	{Owned, "A controller made the object, for the owner that is named, and would make it anew: a conversion of it would not last. Said once for each owner; a warning where the owner is not in the input.", "Convert the owner's manifest."},
	{NotTargeted, "No selector of `spec.targets` matches it.", "Add one, if it should be converted."},
	{KindUnknown, "Something that looks like a pod, in a kind that dindify does not know or in a text, uses the node's Docker.", "Add the path of its pod to `spec.podSpecPaths`, or change it by hand."},
	{KindReportOnly, "A controller builds the pods of this kind itself, and would undo or break a conversion.", "Use the controller's own way to a Docker daemon; the result names it."},

	{SocketStripped, "The node's socket is not in the pod any more.", nothing},
	{SocketUnmounted, "A volume with the node's socket that no container mounts.", "Remove the volume."},
	{SocketShared, "The socket of the pod's own daemon stands where the node's did.", nothing},
	{SocketDirectory, "A folder of the node that holds the socket was mounted, and is not any more.", "Check that the application needs nothing else of that folder."},
	{SocketAsFile, "The socket is mounted as a file, since its folder would hide files of the image. A file goes stale with the daemon that made it.", "After a restart of the daemon restart the client's container too, or let it use `/var/run/docker.sock`."},
	{DockerHostSet, "`DOCKER_HOST` names the pod's own daemon.", nothing},
	{DockerHostForeign, "`DOCKER_HOST`, or an argument, names an endpoint that is not the socket that is mounted.", "Change it where it is set, or remove it."},
	{EnvSet, "A variable of the client was set or changed.", nothing},
	{EnvRemoved, "A variable of the client went: it belonged to the old connection, or `spec.client.unsetEnv` names it.", nothing},
	{ResourcesSet, "The client's resources are those of `spec.client.resources`.", nothing},
	{HostNetwork, "The pod has a network of its own again. On the node's, the daemon's bridge and ports would be the node's.", "Reach the application through a Service."},
	{HostPort, "Ports that were the node's are the pod's now.", "Reach them through a Service."},
	{ProbeHost, "A probe or hook named the node's loopback or a node. The kubelet dials it from the node, and the pod is not on the node's network any more; without a host it dials the pod.", "Let the application listen on the pod's address, not on its loopback alone."},
	{NodeAddress, "A variable of the client is an address of the node. What the daemon publishes is on the pod: where that is certainly meant, the variable is changed.", "Use `status.podIP` or 127.0.0.1, or name the variable in `spec.client.unsetEnv`; leave it where it means an agent on the node."},
	{NodeImage, "A container runs only what is on the node already (`imagePullPolicy: Never`). What a converted workload builds stays in the images of its own daemon.", "Push what is built to a registry, and pull it."},
	{BindSource, "A path that containers of the client mount was a folder of the node. The daemon resolves such paths in its own files, and makes an empty folder (moby#23900).", "Mount the folder's hostPath in the client at the same path, which dindify mirrors, or set `spec.daemon.volumes` and `spec.daemon.volumeMounts`."},
	{NoSharedVolume, "The client and its daemon have no writable folder in common: containers find nothing at a path of the client's that they mount.", "Mount a volume at the client's work folder, such as an emptyDir. dindify mounts it in the daemon at the same path."},
	{Mesh, "A service mesh takes the pod in. It would take for inbound traffic what nested containers send; its annotation for that is set.", "Give bridges of networks that containers make a fixed name, and add it (Istio), or their subnets (Linkerd)."},
	{APIVersion, "`DOCKER_API_VERSION` is a version of the API that the daemon does not serve. With it set, clients do not negotiate.", "Remove it, or choose another `spec.daemon.image`."},
	{HostAlias, "`host.docker.internal` is the pod itself: what the daemon publishes is on the pod's loopback.", nothing},
	{NodePinning, "The pod need not run on a particular node any more, since `spec.pod.nodePinning` is Drop.", nothing},
	{NodeVolume, "The pod may run on any node, and one of its volumes is a path of the node.", "Move the data to a claim that any node can mount, or set `spec.pod.nodePinning` to Keep."},
	{DaemonAdded, "The daemon's container was added.", nothing},
	{VolumeAdded, "A volume or mount was added for the daemon.", nothing},
	{MirrorSkipped, "A volume of the client could not be mounted in the daemon. A nested container that mounts its path finds it empty.", "Mount it at a path that the daemon's image does not use, or copy what is needed."},
	{GroupAdded, "The pod has the socket's group, so that clients that are not root may use it.", "If the image's entrypoint changes the user, let it keep its groups."},
	{GracePeriod, "The pod has time for the client to end, and then for the daemon (15 s, dockerd's own).", nothing},
	{DefaultContainer, "`kubectl logs` and `exec` still mean the application, although the daemon is listed first.", nothing},
	{RuntimeClass, "The isolation is the pod's, and holds the application too; a warning where it needs a runtime handler that nothing names.", "Check that the application runs in it; set `spec.daemon.runtimeClassName`."},
	{IsolationLimits, "What nested containers cannot do under this `spec.daemon.isolation`.", "Choose another one where the application needs it."},
	{VolumesOwned, "Whether the root of a rootless daemon, which is uid and gid 1000 on the node, may write the pod's volumes: the pod's fsGroup decides, and a hostPath keeps its owner.", "Make a hostPath writable for group 1000; set the pod's fsGroup to 1000 or make its volumes writable for everybody."},
	{KubernetesVersion, "What the cluster has to have for these choices.", "Check the cluster's version and nodes."},
	{PodSecurity, "The Pod Security level that the namespace has to allow; a warning where a Namespace of the input enforces a stricter one.", "Label the namespace, or choose another `spec.daemon.isolation`."},

	{CleanupRewritten, "The job that pruned the node's Docker prunes the pod's daemon now, and fails where it finds none.", nothing},
	{CleanupGenerated, "An object of the clean-up was added.", nothing},
	{CleanupSidecar, "A container was added that removes unused images and build cache.", nothing},
	{CleanupLeft, "A job that prunes the node's Docker was left as it is.", "Remove it where no workload uses the node's Docker any more."},
	{CleanupReplicas, "`kubectl exec` reaches one pod, and there are several.", "Set `spec.cleanup.mode: Sidecar`."},
	{CleanupKind, "`kubectl exec` cannot find the pods of this kind.", "Set `spec.cleanup.mode: Sidecar`."},
	{CleanupEnv, "The job's command reads a variable that is not set in the daemon's container, where it runs now.", "Write its value into the command, or set it in `spec.daemon.env`."},
	{CleanupNamespace, "The RoleBinding's subject needs a namespace, and the workload names none.", "Set it; kustomize's `namespace` field corrects both."},
	{CleanupSuspended, "The workload is scaled to zero. A clean-up by `kubectl exec` would fail every time, so its CronJob is suspended.", "Remove `spec.suspend` of the CronJob when you scale the workload up, or set `spec.cleanup.mode: Sidecar`."},
	{CleanupExec, "The clean-up's Role allows `pods/exec`. RBAC cannot narrow that to the pods of one workload: the ServiceAccount may run commands in every pod of the namespace, in the privileged daemon too.", "Keep others from using the ServiceAccount, or set `spec.cleanup.mode: Sidecar`, which needs no Role."},
	{CleanupUnused, "A field of `spec.cleanup` is for a way of cleaning that mode `Auto` has not chosen for any workload: `Auto` takes a CronJob where the input has one that prunes the node, else a pruner in the pod.", "Leave the field out, or set `spec.cleanup.mode`."},
	{DuplicateName, "The pod has two containers, volumes or mount paths of one name, which the API server refuses. Nothing was changed.", "Rename or remove one of them."},
	{NameTaken, "Something of the name that dindify would add is there already.", "Rename it, or set the field that the result names."},
	{StorageShared, "Two daemons would use one data volume, and destroy it (moby#31600).", "Run one pod at a time, or use `spec.daemon.storage.ephemeral`."},
	{DaemonMount, "A mount of `spec.daemon.volumeMounts` has no volume, or covers what the daemon needs.", "Correct the field that the result names."},
	{StorageLimit, "A client limits its ephemeral storage. The kubelet adds the limits of a pod up and counts emptyDir volumes against the sum, so that the application's limit becomes that of the daemon's images.", "Set `spec.daemon.resources.limits.ephemeral-storage`, or use `spec.daemon.storage.ephemeral`."},
	{PodResources, "The pod itself names resources. They are raised by what the daemon needs; an error where the containers still need more.", "Lower `spec.daemon.resources` or `spec.client.resources` where it is an error."},
	{FileGroup, "The pod's fsGroup is given to every file of the daemon's claim at each start.", "Use `spec.daemon.storage.ephemeral` or `emptyDir`, or remove `fsGroup`."},
	{DeviceNotPassed, "A device, such as a GPU, is given to the client. Nested containers had it from the node's Docker, and the daemon in the pod has none.", "Use an image with the device's runtime in `spec.daemon.image`, and give the device to it in `spec.daemon.resources`."},
	{SharedProcesses, "The pod shares its process namespace: the application sees the daemon and all that it runs.", "Remove `shareProcessNamespace` unless the application needs it."},
	{NodeProgram, "The client runs a docker program of the node, which goes when Docker leaves the node.", "Install it in the client's image, and remove the mount."},
	{NodeDevice, "A device of the node. A privileged daemon has it without a mount; another one cannot use it.", "Choose `spec.daemon.isolation: Privileged` if nested containers need it."},
	{SecretNotMirrored, "A Secret or token of the client is not mounted in the daemon. A nested container that mounts its path finds it empty.", "List the volume in `spec.pod.mirrorInclude` if nested containers need it."},
	{VolumeUnknown, "`spec.pod.mirrorInclude` or `mirrorExclude` names a volume that no converted workload has.", "Correct the name, or leave it out."},
	{DockerVersion, "What the version of Docker in `spec.daemon.image` breaks, with this configuration.", "What the result proposes; docs/reference.md has the table."},
	{LimitRange, "A LimitRange of the input refuses a pod with the daemon's resources, or sets a limit for the daemon.", "Change it, or set `spec.daemon.resources` or `spec.cleanup.resources`."},
	{ResourceQuota, "A ResourceQuota of the input has no room for the daemon, or wants resources to be set that are not.", "Raise it, or set `spec.daemon.resources` or `spec.cleanup.resources`."},
	{NetworkPolicy, "A NetworkPolicy of the input keeps the pod from registries. Images were pulled by the node, to which no policy applied.", "Allow egress on port 443, or set `spec.daemon.registryMirrors` to a mirror in the cluster."},
	{VerticalAutoscaler, "A VerticalPodAutoscaler of the input may set the daemon's resources.", "Give the daemon's container a policy with mode Off."},
	{HorizontalAutoscaler, "An autoscaler of the input counts what the whole pod uses, with the daemon and all that it runs.", "Let it count the application's container alone."},
	{AdmissionPolicy, "A policy of the input refuses privileged containers, and the daemon is one.", "Except the workload, or choose another `spec.daemon.isolation`."},
	{SecurityConstraints, "On OpenShift the pod's service account may use no SecurityContextConstraints of the input that allow privileged containers. Those for the node's socket (`hostaccess`, `hostmount-anyuid`) do not.", "`oc adm policy add-scc-to-user privileged -z ACCOUNT`, for an account of the workload's own; or choose another `spec.daemon.isolation`."},
	{IsolationConflict, "A field of the pod contradicts `spec.daemon.isolation`.", "Change one of the two."},
	{JobPostStart, "A Job would never complete, since its daemon runs on.", "Set `spec.daemon.startup: Sidecar`."},
	{Unconvertible, "A field is not of the kind that Kubernetes expects.", "Correct it."},
	{TooLarge, "An object has more pods, or a pod more containers, volumes and mounts, than dindify takes (fn/limits).", "Split it, or leave the file out."},

	{Reverted, "The object is what it was before its conversion.", nothing},
	{GeneratedRemoved, "An object that was generated for a conversion went with it.", nothing},
	{NotReversible, "Each conversion is undone on a copy before it is printed. This one did not give back the original byte for byte, so nothing was changed.", "Write the object in block style, or exclude it with `dindify.dev/convert: \"false\"`. Please report the input: it is a gap of dindify's."},
	{RevertIncomplete, "A revert would leave a part of the conversion behind, such as a mount without its volume. Nothing was changed.", "Undo the edit that was made since, or finish the revert by hand."},
	{RevertDiscarded, "What somebody had changed belonged to the conversion, and has no meaning without it: it went.", nothing},
	{GeneratedLeft, "An object says that it was generated, and no journal of the input lists it as it is now. It was left.", "Remove it by hand, if nothing uses it any more."},
	{JournalForeign, "The journal was copied from another object, as controllers do with annotations. It was skipped.", nothing},
	{RevertKept, "Somebody has changed what the conversion had made or changed: theirs stays.", "Compare with what the result says was there before."},
	{RevertLost, "What the conversion had removed has no place any more.", "Put it back by hand; the result holds its text."},
	{JournalMissing, "A converted workload has no journal any more.", "Restore the annotation `dindify.dev/journal` from version control. `dindify revert` takes out what can be told by its name."},
	{JournalDamaged, "The journal cannot be read, is of another version, or asks for what dindify never does.", "Restore the annotation from version control."},
}
