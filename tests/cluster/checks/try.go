package checks

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/boxp/dindify/tests/cluster/node"
)

// isolationPatience is the time limit for a pod that this machine may not be able to run at all.
const isolationPatience = 90 * time.Second

// Try applies a variant and reports its pod's progress: the daemon's version if the app answers, or else the kubelet's
// messages, as soon as the expected one appears. It removes everything after the test.
func Try(t testing.TB, n *node.Node, variant Variant, expected string) string {
	t.Helper()
	w := applied(t, n, variant)
	seen := "no pod"
	for end := time.Now().Add(isolationPatience); time.Now().Before(end); time.Sleep(time.Second) {
		pods, err := w.CoreV1().Pods(namespace).List(t.Context(), metav1.ListOptions{LabelSelector: "app=" + appName})
		require.NoError(t, err)
		if len(pods.Items) != 1 {
			continue
		}
		w.pod = &pods.Items[0]
		if node.NotReady(w.pod) == nil {
			out, err := w.inApp(t, nil, "docker", "version", "--format", "Docker {{.Server.Version}}")
			return fmt.Sprintf("the app sees %s %v", strings.TrimSpace(out), err)
		}
		if seen = w.complaints(t); strings.Contains(seen, expected) {
			break
		}
	}
	return seen
}

// complaints returns the reasons for which the pod's containers wait, and the kubelet's warnings.
func (w *Workload) complaints(t testing.TB) string {
	var all []string
	for _, status := range append(w.pod.Status.InitContainerStatuses, w.pod.Status.ContainerStatuses...) {
		if last := status.LastTerminationState.Terminated; last != nil {
			log, _ := w.CoreV1().Pods(namespace).GetLogs(w.pod.Name, &corev1.PodLogOptions{
				Container: status.Name,
				Previous:  true,
			}).DoRaw(t.Context())
			all = append(all, fmt.Sprintf("%s ended with %d: %s", status.Name, last.ExitCode, summary(string(log))))
		}
	}
	events, err := w.CoreV1().Events(namespace).List(t.Context(),
		metav1.ListOptions{FieldSelector: "involvedObject.name=" + w.pod.Name})
	require.NoError(t, err)
	for _, event := range events.Items {
		if event.Type == corev1.EventTypeWarning {
			all = append(all, event.Reason+": "+summary(event.Message))
		}
	}
	return strings.Join(all, "; ")
}
