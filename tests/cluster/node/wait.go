package node

import (
	"fmt"
	"strings"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/boxp/dindify/tests/cluster/process"
)

const podDeadline = 3 * time.Minute

// WaitPodReady returns the pod when all of its containers are ready.
func (n *Node) WaitPodReady(t testing.TB, namespace, name string) *corev1.Pod {
	t.Helper()
	var pod *corev1.Pod
	process.WaitFor(t, "pod "+name+" is ready", podDeadline, func() (err error) {
		if pod, err = n.CoreV1().Pods(namespace).Get(t.Context(), name, metav1.GetOptions{}); err != nil {
			return err
		}
		return NotReady(pod)
	})
	return pod
}

// NotReady returns nil for a ready pod, or else the reason why it is not ready.
func NotReady(pod *corev1.Pod) error {
	var reasons []string
	for _, condition := range pod.Status.Conditions {
		if condition.Type == corev1.PodReady && condition.Status == corev1.ConditionTrue {
			return nil
		}
		if condition.Message != "" {
			reasons = append(reasons, condition.Message)
		}
	}
	for _, container := range append(pod.Status.InitContainerStatuses, pod.Status.ContainerStatuses...) {
		if waiting := container.State.Waiting; waiting != nil {
			reasons = append(reasons, container.Name+": "+waiting.Reason+" "+waiting.Message)
		}
		if ended := container.LastTerminationState.Terminated; ended != nil {
			reasons = append(reasons, fmt.Sprintf("%s: ended with %d %s", container.Name, ended.ExitCode, ended.Message))
		}
	}
	return fmt.Errorf("phase %s: %s", pod.Status.Phase, strings.Join(reasons, "; "))
}
