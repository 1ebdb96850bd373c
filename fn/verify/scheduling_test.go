package verify

import (
	"testing"

	"github.com/stretchr/testify/require"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// TestMayRunOn checks the selectors by which a pod names its nodes. The terms of an affinity are alternatives.
func TestMayRunOn(t *testing.T) {
	n := &corev1.Node{ObjectMeta: metav1.ObjectMeta{Name: "a", Labels: map[string]string{"disk": "ssd", "cpus": "8"}}}
	require.True(t, mayRunOn(&corev1.PodSpec{}, n))
	require.True(t, mayRunOn(&corev1.PodSpec{NodeSelector: map[string]string{"disk": "ssd"}}, n))
	require.False(t, mayRunOn(&corev1.PodSpec{NodeSelector: map[string]string{"disk": "hdd"}}, n))

	for _, c := range []struct {
		key      string
		operator corev1.NodeSelectorOperator
		values   []string
		want     bool
	}{
		{"disk", corev1.NodeSelectorOpIn, []string{"hdd", "ssd"}, true},
		{"disk", corev1.NodeSelectorOpIn, []string{"hdd"}, false},
		{"disk", corev1.NodeSelectorOpNotIn, []string{"ssd"}, false},
		{"disk", corev1.NodeSelectorOpExists, nil, true},
		{"disk", corev1.NodeSelectorOpDoesNotExist, nil, false},
		{"cpus", corev1.NodeSelectorOpGt, []string{"4"}, true},
		{"cpus", corev1.NodeSelectorOpLt, []string{"4"}, false},
	} {
		one := corev1.NodeSelectorTerm{MatchExpressions: []corev1.NodeSelectorRequirement{{
			Key: c.key, Operator: c.operator, Values: c.values,
		}}}
		require.Equal(t, c.want, mayRunOn(affine(one), n), "%s %s %v", c.key, c.operator, c.values)
	}
	other := corev1.NodeSelectorTerm{MatchFields: []corev1.NodeSelectorRequirement{{
		Key: "metadata.name", Operator: corev1.NodeSelectorOpIn, Values: []string{"b"},
	}}}
	require.False(t, mayRunOn(affine(other), n))
	require.True(t, mayRunOn(affine(other, corev1.NodeSelectorTerm{MatchExpressions: []corev1.NodeSelectorRequirement{{
		Key: "disk", Operator: corev1.NodeSelectorOpExists,
	}}}), n))
}

func affine(terms ...corev1.NodeSelectorTerm) *corev1.PodSpec {
	return &corev1.PodSpec{Affinity: &corev1.Affinity{NodeAffinity: &corev1.NodeAffinity{
		RequiredDuringSchedulingIgnoredDuringExecution: &corev1.NodeSelector{NodeSelectorTerms: terms},
	}}}
}
