package starter

import (
	"fmt"
	"strconv"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
)

// scale is how many pods of a workload with a daemon there are at most.
type scale struct {
	workload report.Object
	pods     int    // as far as the input tells
	why      string // the field or object with the number
	perNode  bool   // one on every node
}

// scaled maps kinds to the paths of their number of pods, and 1 if it is not set.
var scaled = map[string][]string{
	"Job":     {"spec", "parallelism"},
	"CronJob": {"spec", "jobTemplate", "spec", "parallelism"},
}

// most maps kinds of scalers to the paths of their maximum. KEDA's default is 100 (keda.sh, ScaledObject).
var most = map[string][]string{"HorizontalPodAutoscaler": {"spec", "maxReplicas"}, "ScaledObject": {
	"spec",
	"maxReplicaCount",
}}

const kedaDefault = 100

func scaleOf(o *kube.Object, all []*kube.Object) scale {
	s := scale{workload: o.Ref(), pods: 1, perNode: o.Kind() == "DaemonSet"}
	path := scaled[o.Kind()]
	if path == nil {
		path = []string{"spec", "replicas"}
	}
	if n, err := strconv.Atoi(o.Text(path...)); err == nil {
		s.pods, s.why = n, fmt.Sprintf("%s %d", path[len(path)-1], n)
	}
	for _, other := range all {
		if most[other.Kind()] == nil || other.Namespace() != o.Namespace() {
			continue
		}
		ref := other.Root().Get("spec", "scaleTargetRef")
		if kind := ref.Text("kind"); ref.Text("name") != o.Name() || kind != o.Kind() && (kind != "" ||
			o.Kind() != "Deployment") {
			continue
		}
		n, err := strconv.Atoi(other.Text(most[other.Kind()]...))
		if err != nil {
			n = kedaDefault
		}
		s.pods, s.why = n, fmt.Sprintf("%s allows %d", other.Title(), n)
	}
	return s
}

func sum(scales []scale) (pods int, perNode bool) {
	for _, s := range scales {
		pods += s.pods
		perNode = perNode || s.perNode
	}
	return pods, perNode
}
