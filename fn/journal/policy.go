package journal

import (
	"github.com/boxp/dindify/fn/kube"
)

// A row defines which entries of one place a conversion adds, so that a revert drops them, and which it removes or
// replaces, so that a revert restores them. Entries are given by name, or "every" for all, with a check of their
// values.
//
// A pass that edits a new place or writes a new value needs a row. Without one its conversion is refused, and the
// error names the place. To add a row, find the place (the journal's "in", with "pod" for the path of the pod spec,
// "template" for its parent, "container" for a container and [] for an element of a list), name the entry, and give
// the narrowest check from values.go that holds for every configuration. Then add an allowed and a refused value to
// policy_test.go.
type row struct {
	place string
	of    []role
	drop  entries
	put   entries
}

type entries map[string]check

// every matches any entry name.
const every = "*"

var both, onlyClient, onlyCleanup = []role{client, cleanup}, []role{client}, []role{cleanup}

// policy lists the places that conversions edit, sorted.
var policy = []row{
	{place: "container", of: onlyClient, drop: entries{"resources": isResources}, put: entries{"resources": isResources}},
	{place: "container", of: both, put: entries{"env": each(isEnvVar), "volumeMounts": each(isSocketMount)}},
	{
		place: "container", of: onlyCleanup,
		drop: entries{"command": anything}, // with image and args: see isPrune
		put:  entries{"args": isPrune, "command": isPrune, "image": isImage},
	},
	{place: "container.env", of: both, drop: entries{every: isEnvVar}, put: entries{every: isEnvVar}},
	{place: "container.env[]", of: both, drop: entries{"value": isScalar}, put: entries{
		"value":     isScalar,
		"valueFrom": isMapping,
	}},
	{place: "container.volumeMounts", of: both, drop: entries{every: isOwnMount}, put: entries{every: isSocketMount}},
	{place: "handler", of: onlyClient, put: entries{"host": isText(LoopbackHosts...)}},
	{place: "metadata", of: both},
	{place: "metadata.annotations", of: both, drop: entries{kube.ServesAnnotation: isScalar}},
	{place: "metadata.annotations", of: onlyClient, drop: entries{
		IstioInterfaces: isText("docker0"),
		LinkerdSubnets:  isSubnet,
		KumaSources:     isSubnet,
	}},
	{
		place: "pod", of: onlyClient,
		drop: entries{
			"hostUsers":                     isText("false"),
			"runtimeClassName":              isRuntimeClass,
			"terminationGracePeriodSeconds": isSeconds,
		},
		put: entries{
			"dnsPolicy":                     isText("ClusterFirstWithHostNet"),
			"hostNetwork":                   isTrue,
			"terminationGracePeriodSeconds": isSeconds,
		},
	},
	{
		place: "pod", of: both,
		put: entries{"affinity": isPinnedAffinity, "nodeSelector": only(kube.Hostname), "volumes": each(isSocketVolume)},
	},
	{
		place: "pod", of: onlyCleanup, drop: entries{"serviceAccountName": isName},
		put: entries{"serviceAccountName": isName},
	},
	{place: "pod.containers", of: onlyClient, drop: entries{every: isOwnContainer}},
	{place: "pod.hostAliases", of: onlyClient, drop: entries{"127.0.0.1": isHostAlias}},
	{place: "pod.hostAliases[]", of: onlyClient, drop: entries{"hostnames": each(isName)}},
	{place: "pod.hostAliases[].hostnames", of: onlyClient, drop: entries{every: isName}},
	{place: "pod.initContainers", of: onlyClient, drop: entries{every: isOwnContainer}},
	{place: "pod.initContainers", of: onlyCleanup, drop: entries{TargetContainer: isMapping}},
	{place: "pod.nodeSelector", of: both, put: entries{kube.Hostname: isScalar}},
	{place: "pod.resources.limits", of: onlyClient, put: entries{every: isPodResource}},
	{place: "pod.resources.requests", of: onlyClient, put: entries{every: isPodResource}},
	{
		place: "pod.securityContext", of: onlyClient,
		drop: entries{"fsGroup": isText("1000"), "fsGroupChangePolicy": isText("Always", "OnRootMismatch")},
	},
	{place: "pod.securityContext.supplementalGroups", of: onlyClient, drop: entries{every: isText("1000", "2375")}},
	{place: "pod.volumes", of: onlyClient, drop: entries{every: isOwnVolume}},
	{place: "pod.volumes", of: both, put: entries{every: isSocketVolume}},
	{
		place: "spec", of: onlyCleanup,
		drop: entries{"suspend": isText("true")}, put: entries{"schedule": isSchedule, "suspend": isFalse},
	},
	{place: "template.metadata", of: both},
	{place: "template.metadata.annotations", of: onlyCleanup, drop: entries{TargetAnnotation: isName}},
	{place: "template.metadata.annotations", of: onlyClient, drop: entries{
		IstioInterfaces: isText("docker0"),
		LinkerdSubnets:  isSubnet,
		KumaSources:     isSubnet,
	}},
	{
		place: "template.metadata.annotations", of: onlyClient,
		drop: entries{"kubectl.kubernetes.io/default-container": isContainerName},
	},
}
