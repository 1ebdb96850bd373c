package convert

import (
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/limits"
	"github.com/boxp/dindify/fn/report"
)

// refuseTooLarge refuses an object beyond the limits before its pods are processed, since the next steps compare the
// entries of a pod with each other.
func refuseTooLarge(o *kube.Object, pods []kube.Pod) (refused bool) {
	if len(pods) > limits.PodsInObject {
		o.Root().Error(report.Because(report.TooLarge, "describes %d pods, more than the limit of %d per object: split it",
			len(pods), limits.PodsInObject))
		return true
	}
	total := 0
	for _, pod := range pods {
		n := pod.Size()
		if total += n; n > limits.PodEntries {
			pod.Error(report.Because(report.TooLarge, "has %d containers, volumes and mounts in total, more than the limit of "+
				"%d per pod: split it", n, limits.PodEntries))
			return true
		}
		if n := pod.Variables(); n > limits.PodVariables {
			pod.Error(report.Because(report.TooLarge,
				"has %d environment variables, more than the limit of %d per pod: split it", n, limits.PodVariables))
			return true
		}
	}
	if total > limits.ObjectEntries {
		o.Root().Error(report.Because(report.TooLarge, "its pods have %d containers, volumes and mounts in total, more than "+
			"the limit of %d per object: split it", total, limits.ObjectEntries))
		return true
	}
	return false
}
