package verify

import (
	"testing"

	"github.com/stretchr/testify/require"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// TestNewestOf checks that during a rollout only pods of the newest template are looked at, for each kind that keeps
// pods of older ones.
func TestNewestOf(t *testing.T) {
	for kind, c := range map[string]struct {
		workload Workload
		label    string
	}{
		"StatefulSet": {Workload{updateRevision: "web-2"}, revisionHash},
		"DaemonSet":   {Workload{Annotations: map[string]string{daemonSetGeneration: "web-2"}}, podGeneration},
	} {
		w := c.workload
		w.Kind, w.rollout = kind, rolloutState{observed: true, wanted: 2, total: 2, updated: 1, ready: 2}
		pods := []*corev1.Pod{
			{ObjectMeta: metav1.ObjectMeta{Name: "old", Labels: map[string]string{c.label: "web-1"}}},
			{ObjectMeta: metav1.ObjectMeta{Name: "new", Labels: map[string]string{c.label: "web-2"}}},
		}
		s := &Subject{run: &run{}, Workload: &w}
		newest, err := s.newestOf(t.Context(), pods)
		require.NoError(t, err)
		require.Equal(t, pods[1:], newest, kind)

		w.rollout.observed = false
		newest, err = s.newestOf(t.Context(), pods)
		require.NoError(t, err)
		require.Empty(t, newest, "%s: the controller has not seen the newest template", kind)

		w.rollout = rolloutState{observed: true, wanted: 2, total: 2, updated: 2, ready: 2}
		newest, err = s.newestOf(t.Context(), pods)
		require.NoError(t, err)
		require.Equal(t, pods, newest, "%s: all are of the newest template", kind)
	}
}

// TestAFailedJobIsNoWaitingOne checks that a Job whose pods have ended in failure has not just no pod now.
func TestAFailedJobIsNoWaitingOne(t *testing.T) {
	w := &Workload{Kind: "Job", Name: "a", failure: "Job has reached the specified backoff limit"}
	require.Equal(t, Fail, rollout(t.Context(), &Subject{run: &run{}, Workload: w}).Result)
}
