package convert

import (
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
)

// Workload is a pod that uses a container runtime's socket, and what it was taken for.
type Workload struct {
	report.Object
	Path     string // of its pod spec
	Class    Class
	Evidence string
	Assumed  bool // a client only because nothing speaks against it: the user has to confirm it
}

// sayClass says what a workload that is converted was taken for, and by what evidence. One that is only assumed to be a
// client needs the user's word.
func sayClass(pod kube.Pod, v verdict) {
	if !v.Assumed {
		pod.Info(report.Because(report.Classified, "%s (%s)", v.Class, v.Evidence))
		return
	}
	pod.Warn(report.Because(report.ClassAssumed, "client (%s): see whether it runs containers of its own, and "+
		"annotate it "+
		"with %s: \"true\" where it does, \"false\" where it needs the node's containers", v.Evidence, kube.Convert))
}
