package config

// Choice is Keep or Drop.
type Choice string

// Values of Choice.
const (
	Keep Choice = "Keep"
	Drop Choice = "Drop"
)

// Pod configures changes of the pod.
type Pod struct {
	// HostNetwork is Drop: the daemon must not use the node's own network.
	HostNetwork Choice `json:"hostNetwork,omitempty"`
	// NodePinning is Keep, or Drop to remove node selectors and affinities on kubernetes.io/hostname.
	NodePinning Choice `json:"nodePinning,omitempty"`
	// MirrorVolumes mounts every volume of a client in the daemon at the same path, and hostPath volumes also at their
	// path on the node.
	MirrorVolumes *bool `json:"mirrorVolumes,omitempty"`
	// MirrorExclude lists volumes that are not mirrored.
	MirrorExclude []string `json:"mirrorExclude,omitempty"`
	// MirrorInclude lists Secret and projected volumes that are mirrored too. By default they are not, unless the
	// client's command names their path; certificates and registry credentials always are.
	MirrorInclude []string `json:"mirrorInclude,omitempty"`
}
