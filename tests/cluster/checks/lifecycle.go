package checks

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"

	"github.com/boxp/dindify/tests/cluster/process"
)

// startGap takes the two startedAt of the kubelet, which count whole seconds.
func startGap(t testing.TB, w *Workload) Finding {
	gap := w.status(t, appName).State.Running.StartedAt.Sub(w.status(t, daemonContainer).State.Running.StartedAt.Time)
	if gap > 10*time.Second {
		return bad("%.0f s", gap.Seconds())
	}
	return good("%.0f s", gap.Seconds())
}

// status reads the pod anew.
func (w *Workload) status(t testing.TB, container string) corev1.ContainerStatus {
	t.Helper()
	pod, err := w.CoreV1().Pods(namespace).Get(t.Context(), w.pod.Name, metav1.GetOptions{})
	require.NoError(t, err)
	all := append(pod.Status.InitContainerStatuses, pod.Status.ContainerStatuses...)
	i := slices.IndexFunc(all, func(s corev1.ContainerStatus) bool { return s.Name == container })
	require.GreaterOrEqualf(t, i, 0, "container %s in %s", container, w.pod.Name)
	return all[i]
}

// daemonKilled kills the daemon twice, as the OOM killer would, and waits each time for its container to come back.
func daemonKilled(t testing.TB, w *Workload) Finding {
	before := w.status(t, daemonContainer).RestartCount
	first := w.killDaemon(t)
	second := w.killDaemon(t)
	restarts := w.status(t, daemonContainer).RestartCount - before
	if _, err := w.inApp(t, nil, "docker", "version"); err == nil {
		return good("works again after %.0f and %.0f s, %d restarts", first.Seconds(), second.Seconds(), restarts)
	}
	w.restartApp(t)
	_, err := w.inApp(t, nil, "docker", "version")
	require.NoError(t, err)
	return bad("dead until the client's container restarts")
}

// killDaemon returns after how long the daemon answers again in its own container.
func (w *Workload) killDaemon(t testing.TB) time.Duration {
	t.Helper()
	before := w.status(t, daemonContainer)
	begin := time.Now()
	// The exec may end with the container.
	_, _ = w.inDaemon(t, "pkill", "-KILL", "-x", "dockerd")
	process.WaitFor(t, "the daemon's container is back", 4*time.Minute, func() error {
		now := w.status(t, daemonContainer)
		if now.RestartCount == before.RestartCount || now.State.Running == nil || !now.Ready {
			return errors.New("not yet")
		}
		return nil
	})
	process.WaitFor(t, "the daemon answers in its own container", 2*time.Minute, func() error {
		_, err := w.inDaemon(t, "docker", "version")
		return err
	})
	return time.Since(begin)
}

func (w *Workload) restartApp(t testing.TB) {
	t.Helper()
	before := w.status(t, appName).RestartCount
	_, _ = w.inApp(t, nil, "kill", "-TERM", "1")
	process.WaitFor(t, "the app's container is back", time.Minute, func() error {
		if now := w.status(t, appName); now.RestartCount == before || now.State.Running == nil {
			return errors.New("not yet")
		}
		return nil
	})
}

// appAs rolls the Deployment out with a client of that user and group, and lets that run a container.
func appAs(uid int) func(testing.TB, *Workload) Finding {
	return func(t testing.TB, w *Workload) Finding {
		patch := fmt.Sprintf(`{"spec":{"template":{"spec":{"containers":[{"name":%q,"securityContext":{"runAsUser":%d,"runAsGroup":%d}}]}}}}`, appName, uid, uid)
		_, err := w.AppsV1().Deployments(namespace).Patch(t.Context(), appName, types.StrategicMergePatchType, []byte(patch), metav1.PatchOptions{})
		require.NoError(t, err)
		w.waitForPod(t)
		is, err := w.inApp(t, nil, "id", "-u")
		require.NoError(t, err)
		require.Equal(t, fmt.Sprint(uid), strings.TrimSpace(is))
		if _, err := w.inApp(t, nil, "docker", "version"); err != nil {
			return bad("permission denied")
		}
		w.loadImage(t, runtimeImage)
		if out, err := w.nested(t, "true"); err != nil {
			return bad("cannot run a container: `%s`", summary(out))
		}
		return good("runs containers")
	}
}

// jobCompletes runs the Deployment's pod template as a Job whose app ends at once.
func jobCompletes(t testing.TB, w *Workload) Finding {
	deployment, err := w.AppsV1().Deployments(namespace).Get(t.Context(), appName, metav1.GetOptions{})
	require.NoError(t, err)
	template := *deployment.Spec.Template.DeepCopy()
	template.Labels = map[string]string{"app": "job"}
	template.Spec.RestartPolicy = corev1.RestartPolicyNever
	for i := range template.Spec.Containers {
		if container := &template.Spec.Containers[i]; container.Name == appName {
			container.Command = []string{"docker", "version"}
			container.Resources = corev1.ResourceRequirements{}
		}
	}
	job := &batchv1.Job{ObjectMeta: metav1.ObjectMeta{Name: "as-job"}, Spec: batchv1.JobSpec{Template: template, BackoffLimit: new(int32)}}
	w.scale(t, 0)
	_, err = w.BatchV1().Jobs(namespace).Create(t.Context(), job, metav1.CreateOptions{})
	require.NoError(t, err)
	finding := w.jobFinding(t, job.Name)
	background := metav1.DeletePropagationBackground
	require.NoError(t, w.BatchV1().Jobs(namespace).Delete(t.Context(), job.Name, metav1.DeleteOptions{PropagationPolicy: &background}))
	w.scale(t, 1)
	return finding
}

// jobFinding waits for the Job, but only jobPatience longer than for its app.
func (w *Workload) jobFinding(t testing.TB, name string) Finding {
	t.Helper()
	const jobPatience = 30 * time.Second
	var appEnded time.Time
	for end := time.Now().Add(3 * time.Minute); time.Now().Before(end); time.Sleep(time.Second) {
		if succeeded, err := w.ended(t, name); err == nil {
			if succeeded {
				return good("completes")
			}
			return bad("fails (`%s`)", summary(w.podLog(t, name)))
		}
		if w.appEnded(t, name) && appEnded.IsZero() {
			appEnded = time.Now()
		}
		if !appEnded.IsZero() && time.Since(appEnded) > jobPatience {
			return bad("never completes: the daemon runs on")
		}
	}
	return bad("its app never ends")
}

func (w *Workload) appEnded(t testing.TB, job string) bool {
	pods, err := w.podsOfJob(t, job)
	require.NoError(t, err)
	return slices.ContainsFunc(pods, func(pod corev1.Pod) bool {
		return slices.ContainsFunc(pod.Status.ContainerStatuses, func(s corev1.ContainerStatus) bool {
			return s.Name == appName && s.State.Terminated != nil
		})
	})
}
