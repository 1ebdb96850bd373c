package discover

import (
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/socket"
)

// ReportUses reports every use of a runtime's socket, with its class and advice.
func ReportUses(uses []*Use) {
	for _, u := range uses {
		if u.Class == DinDClass {
			continue
		}
		u.Field().Warn(report.Because(report.SocketFound, "%s leads to the node's %s; %s: %s; %s",
			u.HostPath, u.Runtime, u.Class, u.Evidence, u.Advice()))
	}
}

// Advice returns what to do about a use.
func (u *Use) Advice() string {
	switch {
	case u.Class == DinDClass:
		return "nothing"
	case u.OptedOut():
		return "nothing to do: its annotation " + kube.ConvertAnnotation + " decides"
	case u.Class == OwnedClass:
		return "convert its owner"
	case !u.Mounted() && u.Class == UnsureClass && !u.Pod.InText():
		return "no container mounts it: remove the volume"
	case u.Runtime != socket.Docker:
		return "dindify replaces only Docker's API: check whether the workload needs this runtime"
	case u.Pod.InText():
		return "change it in that text"
	case u.Pod.Location.ReportOnly != "":
		return u.Pod.ReportOnly()
	case !u.Pod.Known:
		return "add the path of its pod spec to spec.podSpecPaths"
	case u.Class == ClientClass:
		return "dindify convert gives it its own daemon"
	case u.Class == CleanupClass:
		return "dindify convert makes it clean the new daemon; or remove it"
	case u.Class == ObserverClass:
		return "leave it, or use the kubelet's API instead"
	}
	return "annotate it with " + kube.ConvertAnnotation + ": \"true\" or \"false\""
}

// OptedOut reports whether the annotation dindify.dev/convert excludes the workload.
func (u *Use) OptedOut() bool { return OptedOut(u.Pod) }

// OptedOut reports whether the annotation dindify.dev/convert excludes a pod.
func OptedOut(pod kube.Pod) bool { return annotation(pod) == "false" }
