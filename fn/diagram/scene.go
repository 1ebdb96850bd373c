package diagram

import (
	"github.com/boxp/dindify/fn/journal"
	"github.com/boxp/dindify/fn/kube"
)

// Picture is a workload before and after its conversion.
type Picture struct {
	Workload      string // Kind/name
	Before, After *Scene
}

// Scene is one side of a picture: a pod on its node.
type Scene struct {
	Facts      []string    // about the pod's network, runtime class and users
	Containers []Container // of the application, Docker clients first
	Sidecars   []Container // the daemon, and the pruner beside it; none before the conversion
	Socket     string      // where the node's daemon listens, as far as the pod tells
	Cleanup    *Job        // nil if the workload has none
}

// Container is a container of the pod.
type Container struct {
	Name, Image, Note string
	Privileged        bool // a break-out gives root on the node
	Mounts            []Mount
}

// Mount is a row of a container: a volume that it mounts, or an address by which it reaches the daemon.
type Mount struct {
	Path   string
	Volume string // name in the pod; "" for an address
	Source string // description of the volume
	Role   Role
}

// Role is the purpose of a mount; it decides the color.
type Role string

// Values of Role.
const (
	Data   Role = "data"   // the application's, or the daemon's own
	Node   Role = "node"   // leads to the node's daemon
	API    Role = "api"    // leads to the pod's daemon
	Mirror Role = "mirror" // in the client and in the daemon, at the same path
)

// Job is the CronJob that cleans up.
type Job struct {
	Name, Schedule, Does string
}

// isDaemon reports whether a conversion added this container for the daemon.
func isDaemon(c kube.Container) bool { return mounts(c, journal.DataVolume) }

func mounts(c kube.Container, volume string) bool {
	for _, m := range c.Mounts() {
		if m.Text("name") == volume {
			return true
		}
	}
	return false
}
