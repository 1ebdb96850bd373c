package apiserver

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	batchv1 "k8s.io/api/batch/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"

	"github.com/boxp/dindify/tests/cluster/binaries"
	"github.com/boxp/dindify/tests/cluster/controlplane"
)

// TestCleanupLooksForItsTarget runs the wait before a generated clean-up's command, with the clean-up's account: it
// fails at once with the target's name if no pod is ready, and passes if one is.
func TestCleanupLooksForItsTarget(t *testing.T) {
	root, err := binaries.RepositoryRoot(t.Context())
	require.NoError(t, err)
	cp := controlplane.Start(t)
	cp.CreateNamespace(t, "ci")
	for _, c := range []struct{ generated, target, ready string }{
		{"cleanup-job", "deployments/a-rather-long-name-of-an-agent-in-a-namespace-ci", `"replicas":1,"readyReplicas":1`},
		{"cleanup-daemonset", "daemonsets/runner", `"numberReady":1,"numberAvailable":1`},
	} {
		t.Run(c.generated, func(t *testing.T) {
			manifests, err := os.ReadFile(filepath.Join(root, "tests/cases", c.generated, "output.yaml"))
			require.NoError(t, err)
			require.NoError(t, cp.Apply(t.Context(), manifests))
			jobs, err := cp.BatchV1().CronJobs("ci").List(t.Context(), metav1.ListOptions{})
			require.NoError(t, err)
			require.Len(t, jobs.Items, 1)
			job := &jobs.Items[0]
			defer func() {
				require.NoError(t, cp.BatchV1().CronJobs("ci").Delete(t.Context(), job.Name, metav1.DeleteOptions{}))
			}()

			begin := time.Now()
			out, err := look(t, cp, job)
			require.Error(t, err)
			require.Contains(t, out, "condition not met for "+c.target)
			t.Logf("%s, after %s", out, time.Since(begin))

			setStatus(t, cp, c.target, c.ready)
			out, err = look(t, cp, job)
			require.NoError(t, err, out)
		})
	}
}

func look(t *testing.T, cp *controlplane.ControlPlane, job *batchv1.CronJob) (string, error) {
	t.Helper()
	kubectl, err := binaries.Kubernetes(t.Context(), "kubectl")
	require.NoError(t, err)
	pod := job.Spec.JobTemplate.Spec.Template.Spec
	require.Len(t, pod.InitContainers, 1)
	command := pod.InitContainers[0].Command
	require.Equal(t, "kubectl", command[0])
	account := fmt.Sprintf("system:serviceaccount:%s:%s", job.Namespace, pod.ServiceAccountName)
	args := append(command[1:], "--kubeconfig", cp.Kubeconfig, "--namespace", job.Namespace, "--as", account)
	out, err := exec.CommandContext(t.Context(), kubectl, args...).CombinedOutput()
	return string(out), err
}

// setStatus sets the status of a workload like a controller.
func setStatus(t *testing.T, cp *controlplane.ControlPlane, target, ready string) {
	t.Helper()
	patch := fmt.Appendf(nil, `{"status":{%s}}`, ready)
	err := cp.AppsV1().RESTClient().Patch(types.MergePatchType).AbsPath("/apis/apps/v1/namespaces/ci/"+target, "status").
		Body(patch).Do(t.Context()).Error()
	require.NoError(t, err)
}
