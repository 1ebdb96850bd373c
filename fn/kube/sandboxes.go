package kube

import "strings"

// Runtimes of sandboxes, by the names that they have in a configuration.
const (
	Sysbox = "Sysbox"
	GVisor = "GVisor"
	Kata   = "Kata"
)

// Sandbox is a kind of RuntimeClass in which a privileged Docker daemon does not work as on the node's own kernel.
type Sandbox struct {
	Runtime string
	Class   string // the usual name of the RuntimeClass
	word    string // in the names of such classes
}

// sandboxes lists the well-known ones: sysbox refuses privileged containers, gVisor has no iptables and no overlay for
// the daemon, and Kata's virtiofs cannot be the upper layer of an overlay.
var sandboxes = []Sandbox{
	{Sysbox, "sysbox-runc", "sysbox"},
	{GVisor, "gvisor", "gvisor"},
	{GVisor, "runsc", "runsc"},
	{Kata, "kata-qemu", "kata"},
}

// SandboxOf returns the sandbox of a RuntimeClass with a well-known word in its name. Without one, the result is empty.
func SandboxOf(runtimeClass string) Sandbox {
	for _, s := range sandboxes {
		if strings.Contains(runtimeClass, s.word) {
			return s
		}
	}
	return Sandbox{}
}
