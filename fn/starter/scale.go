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
var most = map[string][]string{
	"HorizontalPodAutoscaler": {"spec", "maxReplicas"},
	"ScaledObject":            {"spec", "maxReplicaCount"},
}

const kedaDefault = 100

// scalers are the objects that scale others, by the namespace and name of what they scale.
type scalers map[[2]string][]*kube.Object

func scalersOf(all []*kube.Object) scalers {
	of := scalers{}
	for _, o := range all {
		if most[o.Kind()] != nil {
			target := [2]string{o.Namespace(), o.Text("spec", "scaleTargetRef", "name")}
			of[target] = append(of[target], o)
		}
	}
	return of
}

func (of scalers) scale(o *kube.Object) scale {
	s := scale{workload: o.Ref(), pods: 1, perNode: o.Kind() == "DaemonSet"}
	path := scaled[o.Kind()]
	if path == nil {
		path = []string{"spec", "replicas"}
	}
	if n, err := strconv.Atoi(o.Text(path...)); err == nil {
		s.pods, s.why = n, fmt.Sprintf("%s %d", path[len(path)-1], n)
	}
	for _, other := range of[[2]string{o.Namespace(), o.Name()}] {
		kind := other.Text("spec", "scaleTargetRef", "kind")
		if kind != o.Kind() && (kind != "" || o.Kind() != "Deployment") {
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
