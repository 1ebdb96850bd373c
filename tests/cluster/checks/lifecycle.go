package checks

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"

	"github.com/boxp/dindify/tests/cluster/process"
)

// status reads the pod again.
func (w *Workload) status(t testing.TB, container string) corev1.ContainerStatus {
	t.Helper()
	pod, err := w.CoreV1().Pods(namespace).Get(t.Context(), w.pod.Name, metav1.GetOptions{})
	require.NoError(t, err)
	all := append(pod.Status.InitContainerStatuses, pod.Status.ContainerStatuses...)
	i := slices.IndexFunc(all, func(s corev1.ContainerStatus) bool { return s.Name == container })
	require.GreaterOrEqualf(t, i, 0, "container %s in %s", container, w.pod.Name)
	return all[i]
}

// daemonKilled kills the daemon twice, like the OOM killer, and waits each time for its container to restart.
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

// killDaemon returns the time until the daemon answers again in its own container.
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

// appAs rolls out the Deployment with a client of that user and group, and runs a container in it.
func appAs(uid int) func(testing.TB, *Workload) Finding {
	return func(t testing.TB, w *Workload) Finding {
		patch := fmt.Sprintf(
			`{"spec":{"template":{"spec":{"containers":[{"name":%q,"securityContext":{"runAsUser":%d,"runAsGroup":%d}}]}}}}`,
			appName, uid, uid)
		_, err := w.AppsV1().Deployments(namespace).Patch(t.Context(), appName, types.StrategicMergePatchType, []byte(patch),
			metav1.PatchOptions{})
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
