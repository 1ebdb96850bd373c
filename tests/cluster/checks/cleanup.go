package checks

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/boxp/dindify/tests/cluster/process"
)

const stoppedContainer = "stopped"

// cleanupFreesImage creates unused images and containers, runs the CronJob's job unchanged, and checks what is left.
func cleanupFreesImage(t testing.TB, w *Workload) Finding {
	w.loadImage(t, unusedImage)
	w.loadImage(t, runtimeImage)
	_, err := w.inApp(t, nil, "docker", "run", "--name", stoppedContainer, runtimeImage, "true")
	require.NoError(t, err)
	succeeded, log := w.runCleanup(t, "cleanup", nil)
	_, err = w.inApp(t, nil, "docker", "image", "inspect", unusedImage)
	switch freed := err != nil; {
	case freed && succeeded:
		return good("freed")
	case succeeded:
		return bad("kept, and the Job **succeeds** (`%s`)", summary(log))
	default:
		return bad("the Job fails (`%s`)", summary(log))
	}
}

// removesContainers matches commands that prune containers because the user wrote so.
var removesContainers = regexp.MustCompile(`docker (system|container) prune`)

// cleanupKeepsContainer checks whether the previous job kept a stopped container. If the command removes stopped
// containers, the container must be removed: the command is the user's.
func cleanupKeepsContainer(t testing.TB, w *Workload) Finding {
	job, err := w.BatchV1().Jobs(namespace).Get(t.Context(), "cleanup", metav1.GetOptions{})
	require.NoError(t, err)
	container := job.Spec.Template.Spec.Containers[0]
	command := removesContainers.FindString(strings.Join(append(container.Command, container.Args...), " "))
	_, err = w.inApp(t, nil, "docker", "container", "inspect", stoppedContainer)
	switch kept := err == nil; {
	case kept && command != "":
		return good("kept, although the command is `%s`: nothing ran", command)
	case kept:
		return good("kept")
	case command != "":
		return good("removed, as the user's own `%s` says", command)
	default:
		return bad("removed")
	}
}

// cleanupFailsWithoutTarget scales the workload to 0. backoffLimit is 0, so that a failure is visible at once.
func cleanupFailsWithoutTarget(t testing.TB, w *Workload) Finding {
	w.scale(t, 0)
	succeeded, log := w.runCleanup(t, "cleanup-without-target",
		func(spec *batchv1.JobSpec) { spec.BackoffLimit = new(int32) })
	w.scale(t, 1)
	if succeeded {
		return bad("**succeeds** (`%s`)", summary(log))
	}
	return good("fails (`%s`)", summary(log))
}

// runCleanup is `kubectl create job --from=cronjob/...`; it returns the Job's result and its output.
func (w *Workload) runCleanup(t testing.TB, name string, change func(*batchv1.JobSpec)) (succeeded bool, log string) {
	t.Helper()
	cronJobs, err := w.BatchV1().CronJobs(namespace).List(t.Context(), metav1.ListOptions{})
	require.NoError(t, err)
	require.Len(t, cronJobs.Items, 1)
	job := &batchv1.Job{ObjectMeta: metav1.ObjectMeta{Name: name}, Spec: cronJobs.Items[0].Spec.JobTemplate.Spec}
	if change != nil {
		change(&job.Spec)
	}
	_, err = w.BatchV1().Jobs(namespace).Create(t.Context(), job, metav1.CreateOptions{})
	require.NoError(t, err)
	process.WaitFor(t, "Job "+name+" ends", 3*time.Minute, func() (err error) {
		if text := w.podLog(t, name); text != "" {
			log = text
		}
		succeeded, err = w.ended(t, name)
		return err
	})
	if text := w.podLog(t, name); text != "" {
		log = text
	}
	return succeeded, log
}

// ended fails while the Job runs. A container that was restarted counts as a failure.
func (w *Workload) ended(t testing.TB, name string) (succeeded bool, err error) {
	job, err := w.BatchV1().Jobs(namespace).Get(t.Context(), name, metav1.GetOptions{})
	if err != nil {
		return false, err
	}
	for _, condition := range job.Status.Conditions {
		if condition.Status == corev1.ConditionTrue && (condition.Type == batchv1.JobComplete ||
			condition.Type == batchv1.JobFailed) {
			return condition.Type == batchv1.JobComplete, nil
		}
	}
	pods, err := w.podsOfJob(t, name)
	if err != nil {
		return false, err
	}
	for _, pod := range pods {
		for _, status := range pod.Status.ContainerStatuses {
			if status.RestartCount > 0 {
				return false, nil
			}
		}
	}
	return false, errors.New("running")
}

func (w *Workload) podsOfJob(t testing.TB, name string) ([]corev1.Pod, error) {
	pods, err := w.CoreV1().Pods(namespace).List(t.Context(), metav1.ListOptions{LabelSelector: "job-name=" + name})
	if err != nil {
		return nil, fmt.Errorf("pods of Job %s: %w", name, err)
	}
	return pods.Items, nil
}

// podLog returns the output of the Job's pod: of the container that failed, which may be the one that waits for the
// target, or else of the last container. It is empty while there is none; a failed Job's pod may be deleted before the
// Job's status says so.
func (w *Workload) podLog(t testing.TB, job string) string {
	pods, err := w.podsOfJob(t, job)
	if err != nil || len(pods) == 0 {
		return ""
	}
	pod := &pods[0]
	options := &corev1.PodLogOptions{}
	for _, status := range append(pod.Status.InitContainerStatuses, pod.Status.ContainerStatuses...) {
		for _, ended := range []*corev1.ContainerStateTerminated{
			status.State.Terminated,
			status.LastTerminationState.Terminated,
		} {
			if ended != nil && ended.ExitCode != 0 {
				if ended.Message != "" {
					return ended.Message
				}
				options.Container = status.Name
			}
		}
	}
	text, err := w.CoreV1().Pods(namespace).GetLogs(pod.Name, options).DoRaw(t.Context())
	if err != nil {
		return "" // the answer is the API server's error, not a log
	}
	return string(text)
}
