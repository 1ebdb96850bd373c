package convert

import (
	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
)

// refuseMalformed refuses a pod that the API server would refuse, where a conversion could not tell what is meant: a
// null or a text in a list of mappings, and a grace period that is not a number of seconds.
func refuseMalformed(pod kube.Pod) {
	lists := []kube.Field{
		pod.Get("volumes"), pod.Get("containers"), pod.Get("initContainers"), pod.Get("ephemeralContainers"),
	}
	for _, container := range pod.Containers() {
		lists = append(lists, container.Get("volumeMounts"), container.Get("env"), container.Get("envFrom"))
	}
	for _, list := range lists {
		for _, element := range list.Items() {
			if n := element.Node(); n == nil || n.Kind != yaml.MappingNode {
				element.Error(report.Because(report.Unconvertible, "must be a mapping: correct or remove it"))
			}
		}
	}
	if grace := pod.Get("terminationGracePeriodSeconds"); grace.Exists() {
		if n, ok := grace.Int(); !ok || n < 0 {
			grace.Error(report.Because(report.Unconvertible, "must be a number of seconds, got %q: correct it", grace.Text()))
		}
	}
}
