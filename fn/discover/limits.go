package discover

import (
	"fmt"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/limits"
	"github.com/boxp/dindify/fn/report"
)

// refuseTooLarge refuses an object beyond the limits before its pods are processed, since the next steps compare the
// entries of a pod with each other.
func refuseTooLarge(o *kube.Object, pods []kube.Pod) (refused bool) {
	at, why := beyondLimits(o, pods)
	if why == "" {
		return false
	}
	at.Error(report.Because(report.TooLarge, "%s: split it", why))
	return true
}

// IsTooLarge reports whether an object with those pods is beyond the limits. Nothing in them is looked at then.
func IsTooLarge(o *kube.Object, pods []kube.Pod) bool {
	_, why := beyondLimits(o, pods)
	return why != ""
}

func beyondLimits(o *kube.Object, pods []kube.Pod) (at kube.Field, why string) {
	if len(pods) > limits.PodsInObject {
		return o.Root(), fmt.Sprintf("describes %d pods, more than the limit of %d per object", len(pods),
			limits.PodsInObject)
	}
	total := 0
	for _, pod := range pods {
		n := pod.Size()
		if total += n; n > limits.PodEntries {
			return pod.Field, fmt.Sprintf("has %d containers, volumes and mounts in total, more than the limit of %d per pod",
				n, limits.PodEntries)
		}
		if n := pod.Variables(); n > limits.PodVariables {
			return pod.Field, fmt.Sprintf("has %d environment variables, more than the limit of %d per pod", n,
				limits.PodVariables)
		}
	}
	if total > limits.ObjectEntries {
		return o.Root(), fmt.Sprintf("its pods have %d containers, volumes and mounts in total, more than the limit of %d "+
			"per object", total, limits.ObjectEntries)
	}
	return o.Root(), ""
}
