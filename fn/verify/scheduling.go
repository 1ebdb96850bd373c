package verify

import (
	"slices"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/selection"
)

// mayRunOn reports whether the node selector and the required node affinity of a pod allow a node.
func mayRunOn(pod *corev1.PodSpec, n *corev1.Node) bool {
	if !labels.SelectorFromSet(pod.NodeSelector).Matches(labels.Set(n.Labels)) {
		return false
	}
	if pod.Affinity == nil || pod.Affinity.NodeAffinity == nil {
		return true
	}
	required := pod.Affinity.NodeAffinity.RequiredDuringSchedulingIgnoredDuringExecution
	return required == nil || slices.ContainsFunc(required.NodeSelectorTerms, func(t corev1.NodeSelectorTerm) bool {
		return allMatch(t.MatchExpressions, labels.Set(n.Labels)) &&
			allMatch(t.MatchFields, labels.Set{"metadata.name": n.Name})
	})
}

// nodeOperators maps the operators of a node's selector to those of labels.
var nodeOperators = map[corev1.NodeSelectorOperator]selection.Operator{
	corev1.NodeSelectorOpIn: selection.In, corev1.NodeSelectorOpNotIn: selection.NotIn,
	corev1.NodeSelectorOpExists: selection.Exists, corev1.NodeSelectorOpDoesNotExist: selection.DoesNotExist,
	corev1.NodeSelectorOpGt: selection.GreaterThan, corev1.NodeSelectorOpLt: selection.LessThan,
}

// allMatch reports whether each requirement is met. One that the server refuses is none.
func allMatch(all []corev1.NodeSelectorRequirement, set labels.Set) bool {
	for _, one := range all {
		required, err := labels.NewRequirement(one.Key, nodeOperators[one.Operator], one.Values)
		if err == nil && !required.Matches(set) {
			return false
		}
	}
	return true
}
