// Package checks checks a converted workload on a running node, row by row.
package checks

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/boxp/dindify/tests/cluster/kube"
	"github.com/boxp/dindify/tests/cluster/node"
	"github.com/boxp/dindify/tests/cluster/process"
)

// The names in the seed's manifests, and therefore in ours.
const (
	namespace       = "openhands"
	appName         = "openhands" // the Deployment, its label app and the client container
	daemonContainer = "dind-daemon"
	workspace       = "/opt/workspace_base"
	workspaceClaim  = "openhands-data"
	nestedFile      = "from-nested" // in the workspace
	runtimeImage    = "docker.all-hands.dev/all-hands-ai/runtime:0.27-nikolaik"
	unusedImage     = "unused:1"
)

// Workload is the Deployment under test and its current pod.
type Workload struct {
	*node.Node
	manifests []byte // currently applied
	pod       *corev1.Pod
	cgroups   []string // the empty ones of the node before the pod was created

	verification *Verification // nil until a row needs it
}

// Deploy applies a variant, provides what the cluster would have, and waits until its pod is ready. It removes
// everything after the test.
func Deploy(t testing.TB, n *node.Node, variant Variant) *Workload {
	t.Helper()
	w := applied(t, n, variant)
	w.waitForPod(t)
	return w
}

// applied is Deploy without the waiting.
func applied(t testing.TB, n *node.Node, variant Variant) *Workload {
	t.Helper()
	w := &Workload{Node: n, manifests: WithoutForeignKinds(t, variant.Manifests), cgroups: emptyCgroups()}
	t.Cleanup(func() { w.remove(t) })
	n.CreateNamespace(t, namespace)
	n.Load(t, w.manifests)
	provideSecret(t, n)
	provideStorage(t, n, w.manifests)
	require.NoError(t, n.Apply(t.Context(), w.manifests))
	return w
}

// remove deletes the namespace and the volumes. The test's own context has ended by then.
func (w *Workload) remove(t testing.TB) {
	t.Helper()
	ctx := context.WithoutCancel(t.Context())
	require.NoError(t, w.CoreV1().Namespaces().Delete(ctx, namespace, metav1.DeleteOptions{}))
	process.WaitFor(t, "namespace is gone", 3*time.Minute, func() error {
		if _, err := w.CoreV1().Namespaces().Get(ctx, namespace, metav1.GetOptions{}); err == nil {
			return errors.New("still there")
		}
		return nil
	})
	require.NoError(t, w.CoreV1().PersistentVolumes().DeleteCollection(ctx, metav1.DeleteOptions{}, metav1.ListOptions{}))
	removeVolumes(t)
}

// removeVolumes deletes the volumes' files for the next column. A volume with its own file system is unmounted first.
func removeVolumes(t testing.TB) {
	t.Helper()
	folders, err := filepath.Glob(volumeFolder("*"))
	require.NoError(t, err)
	for _, folder := range folders {
		_ = syscall.Unmount(folder, syscall.MNT_DETACH) // most are not mount points
		require.NoError(t, os.RemoveAll(folder))
	}
}

// waitForPod finds the one pod of the newest template that is ready and not terminating.
func (w *Workload) waitForPod(t testing.TB) {
	t.Helper()
	process.WaitFor(t, "the Deployment's pod is ready", 3*time.Minute, func() error {
		pods, err := w.CoreV1().Pods(namespace).List(t.Context(), metav1.ListOptions{LabelSelector: "app=" + appName})
		if err != nil {
			return err
		}
		if len(pods.Items) != 1 {
			return errors.New("not one pod")
		}
		w.pod = &pods.Items[0]
		deployment, err := w.AppsV1().Deployments(namespace).Get(t.Context(), appName, metav1.GetOptions{})
		if err != nil {
			return err
		}
		if status := deployment.Status; status.ObservedGeneration < deployment.Generation || status.UpdatedReplicas != 1 ||
			w.pod.DeletionTimestamp != nil {
			return errors.New("rolling out")
		}
		return node.NotReady(w.pod)
	})
}

// inApp runs a command in the client container.
func (w *Workload) inApp(t testing.TB, stdin io.Reader, command ...string) (string, error) {
	return w.Exec(t.Context(), kube.Target{Namespace: namespace, Pod: w.pod.Name, Container: appName}, stdin, command...)
}

// inDaemon runs a command in the daemon's container.
func (w *Workload) inDaemon(t testing.TB, command ...string) (string, error) {
	return w.Exec(t.Context(), kube.Target{Namespace: namespace, Pod: w.pod.Name, Container: daemonContainer}, nil,
		command...)
}
