package convert

import (
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/limits"
	"github.com/boxp/dindify/fn/report"
)

// isTooLarge refuses an object beyond the limits before anything looks at its pods: what follows compares the entries
// of a pod with each other.
func isTooLarge(o *kube.Object, pods []kube.Pod) bool {
	if len(pods) > limits.PodsInObject {
		o.Root().Error(report.Because(report.TooLarge, "describes %d pods, and dindify takes %d in one object: split it",
			len(pods), limits.PodsInObject))
		return true
	}
	total := 0
	for _, pod := range pods {
		n := pod.Size()
		if total += n; n > limits.PodEntries {
			pod.Error(report.Because(report.TooLarge, "has %d containers, volumes and mounts together, and dindify takes %d "+
				"in one pod: split it", n, limits.PodEntries))
			return true
		}
		if n := pod.Variables(); n > limits.PodVariables {
			pod.Error(report.Because(report.TooLarge, "has %d environment variables, and dindify takes %d in one pod: split it",
				n, limits.PodVariables))
			return true
		}
	}
	if total > limits.ObjectEntries {
		o.Root().Error(report.Because(report.TooLarge, "its pods have %d containers, volumes and mounts together, and "+
			"dindify takes %d in one object: split it", total, limits.ObjectEntries))
		return true
	}
	return false
}
