package checks

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	corev1 "k8s.io/api/core/v1"

	"github.com/boxp/dindify/tests/cluster/kube"
)

const probeTimeout = 5 * time.Second

// reachFromNode connects like any process of the node: the test runs in the node's network namespace.
func reachFromNode(t testing.TB, w *Workload) Finding {
	client := http.Client{Timeout: probeTimeout}
	answer, err := client.Get(fmt.Sprintf("http://%s:2375/_ping", w.pod.Status.PodIP))
	if err != nil {
		return good("refused")
	}
	defer answer.Body.Close()
	return bad("answers without a password (`%s`)", answer.Status)
}

const neighbour = `
apiVersion: v1
kind: Pod
metadata: {name: neighbour, namespace: default}
spec:
  terminationGracePeriodSeconds: 1
  containers: [{name: app, image: neighbour:1}]
`

// reachFromPod connects from a pod of another namespace.
func reachFromPod(t testing.TB, w *Workload) Finding {
	pod := w.neighbour(t)
	target := kube.Target{Namespace: pod.Namespace, Pod: pod.Name, Container: "app"}
	out, err := w.Exec(t.Context(), target, nil, "docker", "-H", "tcp://"+w.pod.Status.PodIP+":2375", "version",
		"--format", "Docker {{.Server.Version}}")
	if err != nil {
		require.Contains(t, out, "Cannot connect to the Docker daemon")
		return good("refused")
	}
	return bad("answers without a password (`%s`)", strings.TrimSpace(out))
}

// neighbour returns that pod, started on first use.
func (w *Workload) neighbour(t testing.TB) *corev1.Pod {
	t.Helper()
	w.CreateNamespace(t, "default")
	w.Load(t, []byte(neighbour))
	require.NoError(t, w.Apply(t.Context(), []byte(neighbour)))
	return w.WaitPodReady(t, "default", "neighbour")
}
