package convert

import "github.com/boxp/dindify/fn/kube"

// overlapsByScaling returns the objects in the input that scale a workload.
func (c *converter) overlapsByScaling(client *Client) []overlap {
	var all []overlap
	for _, o := range c.neighboursOf(client) {
		if s, ok := scalers[o.Kind()]; ok && s.targets(o, client) {
			all = append(all, s.overlaps(o)...)
		}
	}
	return all
}

// scaler is a kind of object that sets the number of pods of another one.
type scaler struct {
	ref         []string // path of the reference to its target
	defaultKind string   // kind if the reference has none
	least, most []string // paths of the numbers
	unbounded   bool     // many, if the maximum is not set
}

// scalers lists the kinds that scale workloads.
var scalers = map[string]scaler{
	"HorizontalPodAutoscaler": {
		ref: []string{"spec", "scaleTargetRef"}, least: []string{"spec", "minReplicas"},
		most: []string{"spec", "maxReplicas"},
	},
	"ScaledObject": {
		ref: []string{"spec", "scaleTargetRef"}, defaultKind: "Deployment", unbounded: true,
		least: []string{"spec", "minReplicaCount"}, most: []string{"spec", "maxReplicaCount"},
	},
}

func (s scaler) targets(o *kube.Object, client *Client) bool {
	kind := o.Text(append(s.ref, "kind")...)
	if kind == "" {
		kind = s.defaultKind
	}
	return kind == client.ref.Kind && o.Text(append(s.ref, "name")...) == client.ref.Name
}

func (s scaler) overlaps(o *kube.Object) []overlap {
	what := "pods, by " + o.Title() + ","
	if all := moreThanOne(o.Root().Get(s.least...), what); o.Root().Get(s.least...).Exists() && len(all) > 0 {
		return all
	}
	most := o.Root().Get(s.most...)
	if !most.Exists() && !s.unbounded {
		return nil
	}
	return moreThanOne(most, what)
}
