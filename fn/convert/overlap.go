package convert

import (
	"fmt"
	"strconv"

	"github.com/boxp/dindify/fn/kube"
)

// overlap is a reason why two pods of a workload may run at the same time.
type overlap struct {
	field   kube.Field
	why     string // "3 replicas"
	way     string // how to prevent it in the manifest, or ""
	lasting bool   // several pods run all the time, not only during a replacement
	unsure  bool   // the manifest does not tell, but the cluster may
}

// overlaps returns the reasons why two pods of a client may run at the same time: the behavior of its kind, and
// objects of the input that scale it. It returns none if that is impossible.
func (c *converter) overlaps(client *Client) []overlap {
	find := overlapsByKind[client.ref.Kind]
	if find == nil {
		find = overlapsOfOtherKind
	}
	return append(find(client), c.overlapsByScaling(client)...)
}

// runsSeveral reports whether several pods of a client run all the time.
func (c *converter) runsSeveral(client *Client) (overlap, bool) {
	for _, o := range c.overlaps(client) {
		if o.lasting && !o.unsure {
			return o, true
		}
	}
	return overlap{}, false
}

// overlapsByKind maps kinds to the behavior of their controllers.
var overlapsByKind = map[string]func(*Client) []overlap{
	"Pod":              func(*Client) []overlap { return nil },
	"PodTemplate":      func(*Client) []overlap { return nil },
	"DaemonSet":        overlapsOfDaemonSet,
	"Deployment":       overlapsOfDeployment,
	"DeploymentConfig": overlapsOfDeployment,
	"Rollout":          overlapsOfRollout,
	// its controller waits until a pod is gone before it creates the one of that name again
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

// overlapsOfReplicas checks the number of replicas. Without one, a new object gets 1, and an existing one keeps its
// number.
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
			field: strategy, why: "a rolling update runs the old and the new pod at the same time",
			way: "set strategy.type to Recreate",
		})
	}
	return all
}

// overlapsOfRollout: canary and blueGreen, the only strategies of Argo Rollouts, both start new pods beside the old
// ones.
func overlapsOfRollout(client *Client) []overlap {
	return append(overlapsOfReplicas(client), overlap{
		field: client.Template().Parent().Get("strategy"), why: "a Rollout starts new pods beside the old ones",
	})
}

func overlapsOfJob(spec kube.Field) []overlap {
	parallelism := spec.Get("parallelism")
	if n, _ := strconv.Atoi(parallelism.Text()); n > 1 {
		return []overlap{{
			field: parallelism, why: fmt.Sprintf("%d pods run at the same time", n), way: "set it to 1",
			lasting: true,
		}}
	}
	return nil
}

// overlapsOfCronJob: with Replace the new Job starts while the pod of the old one is still stopping.
func overlapsOfCronJob(client *Client) []overlap {
	spec := client.Object().Root().Get("spec")
	all := overlapsOfJob(spec.Get("jobTemplate", "spec"))
	policy := spec.Get("concurrencyPolicy")
	switch policy.Text() {
	case "Forbid":
	case "Replace":
		all = append(all, overlap{
			field: policy, why: "Replace starts a run while the pod of the one before is still stopping",
			way: "set it to Forbid",
		})
	default:
		all = append(all, overlap{field: policy, why: "two runs may overlap", way: "set it to Forbid"})
	}
	return all
}

// overlapsOfScaledJob: KEDA starts up to 100 Jobs by default.
func overlapsOfScaledJob(client *Client) []overlap {
	spec := client.Object().Root().Get("spec")
	return append(overlapsOfJob(spec.Get("jobTargetRef")), moreThanOne(spec.Get("maxReplicaCount"),
		"Jobs of a ScaledJob")...)
}

func overlapsOfRunners(client *Client) []overlap {
	return moreThanOne(client.Object().Root().Get("spec", "maxRunners"), "runners of the set")
}

// moreThanOne is for a field that limits the number of pods, with a default above one.
func moreThanOne(most kube.Field, what string) []overlap {
	switch n, err := strconv.Atoi(most.Text()); {
	case !most.Exists():
		return []overlap{{
			field: most, why: "several " + what + " may run at the same time", way: "set it to 1",
			lasting: true,
		}}
	case err == nil && n > 1:
		return []overlap{{
			field: most, why: fmt.Sprintf("%d %s may run at the same time", n, what), way: "set it to 1",
			lasting: true,
		}}
	}
	return nil
}

// overlapsOfOtherKind: dindify does not know how this controller replaces its pods.
func overlapsOfOtherKind(client *Client) []overlap {
	all := overlapsOfReplicas(client)
	return append(all, overlap{
		field: client.Object().Root(), why: "how a " + client.ref.Kind + " replaces its pods is unknown to dindify",
		unsure: true,
	})
}
