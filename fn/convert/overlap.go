package convert

import (
	"fmt"
	"strconv"

	"github.com/boxp/dindify/fn/kube"
)

// overlap is one reason why two pods of a workload may run at once.
type overlap struct {
	field   kube.Field
	why     string // "3 replicas"
	way     string // what to change in the manifest so that they do not; "" where nothing can be
	lasting bool   // several pods are there all the time, not only while one replaces another
	unsure  bool   // the manifest does not say; the cluster may
}

// overlaps answers whether two pods of a client can run at once, and why: by what its own kind does, and by what else
// of the input scales it. None means that they cannot.
func (c *Conversion) overlaps(client *Client) []overlap {
	find := overlapsByKind[client.ref.Kind]
	if find == nil {
		find = overlapsOfOtherKind
	}
	return append(find(client), c.overlapsByScaling(client)...)
}

// runsSeveral says whether several pods of a client are there all the time.
func (c *Conversion) runsSeveral(client *Client) (overlap, bool) {
	for _, o := range c.overlaps(client) {
		if o.lasting && !o.unsure {
			return o, true
		}
	}
	return overlap{}, false
}

// overlapsByKind are what the controllers of the kinds do.
var overlapsByKind = map[string]func(*Client) []overlap{
	"Pod":              func(*Client) []overlap { return nil },
	"PodTemplate":      func(*Client) []overlap { return nil },
	"DaemonSet":        overlapsOfDaemonSet,
	"Deployment":       overlapsOfDeployment,
	"DeploymentConfig": overlapsOfDeployment,
	"Rollout":          overlapsOfRollout,
	// whose controller waits until a pod is gone before it makes the one of that name anew
	"StatefulSet":           overlapsOfReplicas,
	"ReplicaSet":            overlapsOfReplicas,
	"ReplicationController": overlapsOfReplicas,
	"Job":                   func(client *Client) []overlap { return overlapsOfJob(client.Object().Root().Get("spec")) },
	"CronJob":               overlapsOfCronJob,
	"ScaledJob":             overlapsOfScaledJob,
	"AutoscalingRunnerSet":  overlapsOfRunners,
	"EphemeralRunnerSet":    overlapsOfReplicas,
}

func overlapsOfDaemonSet(client *Client) []overlap {
	return []overlap{{field: client.Object().Root(), why: "a DaemonSet runs a pod on every node", lasting: true}}
}

// overlapsOfReplicas goes by the number of replicas. A manifest without one means 1 when the object is made, and leaves
// what is there as it is afterwards.
func overlapsOfReplicas(client *Client) []overlap {
	replicas := client.Template().Parent().Get("replicas")
	n, err := strconv.Atoi(replicas.Text())
	switch {
	case !replicas.Exists():
		return []overlap{{
			field: replicas, why: "replicas is not set, so the number of pods is set elsewhere",
			way: "set it to 1", lasting: true, unsure: true,
		}}
	case err == nil && n > 1:
		return []overlap{{field: replicas, why: fmt.Sprintf("%d replicas", n), way: "set it to 1", lasting: true}}
	}
	return nil
}

// overlapsOfDeployment adds the rollout: only Recreate ends the old pod before the new one starts.
func overlapsOfDeployment(client *Client) []overlap {
	all := overlapsOfReplicas(client)
	if strategy := client.Template().Parent().Get("strategy"); strategy.Text("type") != "Recreate" {
		all = append(all, overlap{
			field: strategy, why: "a rolling update runs the old and the new pod at a time",
			way: "set strategy.type to Recreate",
		})
	}
	return all
}

// overlapsOfRollout: canary and blueGreen are all that Argo Rollouts has, and both start new pods beside the old ones.
func overlapsOfRollout(client *Client) []overlap {
	return append(overlapsOfReplicas(client), overlap{
		field: client.Template().Parent().Get("strategy"), why: "a Rollout starts new pods beside the old ones",
	})
}

func overlapsOfJob(spec kube.Field) []overlap {
	parallelism := spec.Get("parallelism")
	if n, _ := strconv.Atoi(parallelism.Text()); n > 1 {
		return []overlap{{
			field: parallelism, why: fmt.Sprintf("%d pods run at a time", n), way: "set it to 1",
			lasting: true,
		}}
	}
	return nil
}

// overlapsOfCronJob: with Replace the new Job starts while the pod of the old one is still told to stop.
func overlapsOfCronJob(client *Client) []overlap {
	spec := client.Object().Root().Get("spec")
	all := overlapsOfJob(spec.Get("jobTemplate", "spec"))
	policy := spec.Get("concurrencyPolicy")
	switch policy.Text() {
	case "Forbid":
	case "Replace":
		all = append(all, overlap{field: policy, why: "Replace starts a run while the pod of the one before is " +
			"still stopping", way: "set it to Forbid"})
	default:
		all = append(all, overlap{field: policy, why: "two runs may overlap", way: "set it to Forbid"})
	}
	return all
}

// overlapsOfScaledJob: KEDA starts up to 100 Jobs unless told otherwise.
func overlapsOfScaledJob(client *Client) []overlap {
	spec := client.Object().Root().Get("spec")
	return append(overlapsOfJob(spec.Get("jobTargetRef")), moreThanOne(spec.Get("maxReplicaCount"),
		"Jobs of a ScaledJob")...)
}

func overlapsOfRunners(client *Client) []overlap {
	return moreThanOne(client.Object().Root().Get("spec", "maxRunners"), "runners of the set")
}

// moreThanOne is for a field that bounds how many there are, and bounds them by more than one where it is not set.
func moreThanOne(most kube.Field, what string) []overlap {
	switch n, err := strconv.Atoi(most.Text()); {
	case !most.Exists():
		return []overlap{{field: most, why: "several " + what + " may run at a time", way: "set it to 1", lasting: true}}
	case err == nil && n > 1:
		return []overlap{{
			field: most, why: fmt.Sprintf("%d %s may run at a time", n, what), way: "set it to 1",
			lasting: true,
		}}
	}
	return nil
}

// overlapsOfOtherKind: how a controller that dindify does not know replaces its pods cannot be told.
func overlapsOfOtherKind(client *Client) []overlap {
	all := overlapsOfReplicas(client)
	return append(all, overlap{
		field: client.Object().Root(), why: "how a " + client.ref.Kind + " replaces its pods is not known to dindify",
		unsure: true,
	})
}
