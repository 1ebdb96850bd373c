package convert

import (
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/socket"
)

// audit says of every way to a runtime's socket what it is for, and what can be done about it.
func (c *Conversion) audit() {
	for _, u := range c.Uses {
		if u.Class == DinDClass {
			continue
		}
		u.Field().Warn(report.Because(report.SocketFound, "%s leads to the node's %s; %s: %s; %s",
			u.HostPath, u.Runtime, u.Class, u.Evidence, u.Advice()))
	}
}

// Advice is what to do about a use.
func (u *Use) Advice() string {
	switch {
	case u.Class == DinDClass:
		return "nothing"
	case u.Class == OwnedClass:
		return "convert what makes it"
	case u.Runtime != socket.Docker:
		return "dindify serves Docker's API only: see whether it needs this"
	case !u.Mounted() && u.Class == UnsureClass && !u.Pod.InText():
		return "no container mounts it: remove the volume"
	case u.Pod.InText():
		return "it stands in a text: change it there"
	case u.Pod.Location.ReportOnly != "":
		return u.Pod.Location.ReportOnly
	case !u.Pod.Known:
		return "add the path of its pod spec to spec.podSpecPaths"
	case u.Class == ClientClass:
		return "dindify convert gives it a daemon of its own"
	case u.Class == CleanupClass:
		return "dindify convert lets it clean the new daemon, or remove it"
	case u.Class == ObserverClass:
		return "leave it, or read what it needs from the kubelet"
	}
	return "annotate it with " + kube.Convert + ": \"true\" or \"false\""
}

// OptedOut says whether the annotation dindify.dev/convert keeps the workload as it is.
func (u *Use) OptedOut() bool { return annotation(u.Pod) == "false" }
