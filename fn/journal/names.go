package journal

import "slices"

// Annotation holds the journal of an object. It stands on the object, never on its pod template: there it would restart
// pods.
const Annotation = "dindify.dev/journal"

// Volumes that a conversion adds to a pod. A pod that has another volume of such a name is refused.
const (
	CertsVolume  = "dind-certs"
	ConfigVolume = "dind-config"
	DataVolume   = "dind-data"
	SocketVolume = "dind-socket"
)

// OwnVolumes are the names of the volumes that a conversion adds.
var OwnVolumes = []string{CertsVolume, ConfigVolume, DataVolume, SocketVolume}

// IsOwnVolume says whether a volume of that name is one that a conversion adds.
func IsOwnVolume(name string) bool { return slices.Contains(OwnVolumes, name) }

// PrunerContainer is the name of the container that prunes the daemon beside it.
const PrunerContainer = "dind-cleanup"

// TargetContainer is the name of the container that waits until there is something to clean, in a clean-up's job.
const TargetContainer = "wait-for-target"

// Annotations of a pod that a conversion adds where a service mesh takes it in.
const (
	// IstioInterfaces replaces traffic.sidecar.istio.io/kubevirtInterfaces since Istio 1.24 (istio.io, Resource
	// Annotations).
	IstioInterfaces = "istio.io/reroute-virtual-interfaces"
	// LinkerdSubnets are skipped by the rules of Linkerd's proxy (linkerd.io, Proxy Configuration).
	LinkerdSubnets = "config.linkerd.io/skip-subnets"
)

// LoopbackHosts are the names of a loopback that a probe may dial.
var LoopbackHosts = []string{"localhost", "127.0.0.1", "::1"}
