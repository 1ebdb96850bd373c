package starter

import (
	"fmt"
	"slices"
	"strconv"

	"k8s.io/apimachinery/pkg/api/resource"

	"github.com/boxp/dindify/fn/api"
	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/journal"
	"github.com/boxp/dindify/fn/kube"
)

// choice is a field of the configuration that the workloads at hand need, and why.
type choice struct {
	lines []string // in spec, indented below it
	set   func(*config.Spec)
}

const sizeLimit = "20Gi"

// choose goes by what was converted alone: what others need is theirs to say.
func choose(converted *kube.Set) []choice {
	all := []choice{{
		lines: []string{
			"daemon:",
			"  storage:",
			"    emptyDir:",
			"      sizeLimit: " + sizeLimit + " # images and containers; above it this pod is evicted, and not its neighbours",
		},
		set: func(s *config.Spec) {
			limit := resource.MustParse(sizeLimit)
			s.Daemon.Storage.EmptyDir = &api.EmptyDirVolumeSource{SizeLimit: &limit}
		},
	}}
	if why := needsPruner(converted); why != "" {
		all = append(all, choice{
			lines: []string{"cleanup:", "  mode: Sidecar # " + why},
			set:   func(s *config.Spec) { s.Cleanup.Mode = config.CleanupSidecar },
		})
	}
	return all
}

// needsPruner says why the CronJob that was rewritten for a workload does not reach every daemon; "" where it does, and where
// there is none.
func needsPruner(converted *kube.Set) string {
	for _, o := range converted.Objects() {
		if !journal.On(o) {
			continue
		}
		for _, pod := range o.Pods() {
			if why := isMissed(pod); why != "" {
				return why
			}
		}
	}
	return ""
}

func isMissed(pod kube.Pod) string {
	o := pod.Object()
	replicas := pod.Template().Parent().Text("replicas")
	switch n, _ := strconv.Atoi(replicas); {
	case pod.Location.Completes || o.Kind() == "Pod" || hasPruner(pod):
	case n > 1:
		return fmt.Sprintf("%s has %s replicas, and the CronJob of the input reaches one", o.Title(), replicas)
	case o.Kind() == "DaemonSet":
		return o.Title() + " has a pod on every node, and the CronJob of the input reaches one"
	}
	return ""
}

func hasPruner(pod kube.Pod) bool {
	return slices.ContainsFunc(pod.Containers(), func(c kube.Container) bool { return c.Name() == journal.PrunerContainer })
}
