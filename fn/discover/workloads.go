package discover

import (
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
)

// Workload is a pod that uses a container runtime's socket, with its class.
type Workload struct {
	report.Object
	Path     string // of its pod spec
	Class    Class
	Evidence string
	Assumed  bool // a client only because there is no evidence against it: the user must confirm it
}

// reportClass reports the class and evidence of a converted workload. A workload that is only assumed to be a client
// needs confirmation.
func reportClass(pod kube.Pod, v verdict) {
	if !v.Assumed {
		pod.Info(report.Because(report.Classified, "%s (%s)", v.Class, v.Evidence))
		return
	}
	pod.Warn(report.Because(report.ClassAssumed, "client (%s): check whether it runs containers of its own, and "+
		"annotate it with %s: \"true\" if it does, \"false\" if it needs the node's containers", v.Evidence,
		kube.ConvertAnnotation))
}
