package journal

import (
	"slices"

	"github.com/boxp/dindify/fn/kube"
)

// Annotation is the name of the annotation that holds the journal. It is on the object, never on its pod template,
// where it would restart pods.
const Annotation = "dindify.dev/journal"

// Volumes that a conversion adds to a pod. A pod that already has another volume of such a name is refused.
const (
	CertsVolume  = "dind-certs"
	ConfigVolume = "dind-config"
	DataVolume   = "dind-data"
	SocketVolume = "dind-socket"
)

// OwnVolumes lists the names of the volumes that a conversion adds.
var OwnVolumes = []string{CertsVolume, ConfigVolume, DataVolume, SocketVolume}

// IsOwnVolume reports whether a volume of that name is one that a conversion adds.
func IsOwnVolume(name string) bool { return slices.Contains(OwnVolumes, name) }

// PrunerContainer is the name of the container that prunes the daemon beside it.
const PrunerContainer = "dind-cleanup"

// IsPruner reports whether a container is that one. It is always a sidecar.
func IsPruner(c kube.Container) bool { return c.Name() == PrunerContainer && c.IsSidecar() }

// TargetContainer is the name of the init container of a clean-up's job that checks whether there is a pod to clean.
// Earlier versions waited in it.
const TargetContainer = "wait-for-target"

// Pod annotations that a conversion adds if the pod is part of a service mesh.
const (
	// IstioInterfaces replaces traffic.sidecar.istio.io/kubevirtInterfaces since Istio 1.24 (istio.io, Resource
	// Annotations).
	IstioInterfaces = "istio.io/reroute-virtual-interfaces"
	// LinkerdSubnets lists subnets that Linkerd's proxy skips (linkerd.io, Proxy Configuration).
	LinkerdSubnets = "config.linkerd.io/skip-subnets"
	// KumaSources lists the source addresses of inbound traffic that Kuma's proxy skips (kuma.io, Exclude traffic from
	// transparent proxy).
	KumaSources = "traffic.kuma.io/exclude-inbound-ips"
)

// LoopbackHosts lists the loopback names that a probe may use.
var LoopbackHosts = []string{"localhost", "127.0.0.1", "::1"}
