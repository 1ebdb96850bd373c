package verify

import (
	"bytes"
	"fmt"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	corev1 "k8s.io/api/core/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"

	"github.com/boxp/dindify/tests/cluster/checks"
	"github.com/boxp/dindify/tests/cluster/node"
	"github.com/boxp/dindify/tests/cluster/process"
)

const namespace = "openhands"

// mutation breaks one thing of the running application.
type mutation struct {
	name   string
	breaks func(*testing.T, *node.Node) (repair func())
	fails  []string
}

var mutations = []mutation{
	{"a RoleBinding is removed", removeRoleBinding, []string{"cleanup-rights"}},
	{"a Service leads to the daemon", addService, []string{"exposed"}},
	{"the namespace enforces baseline", enforceBaseline, []string{"pod-security"}},
}

// TestMutations breaks one thing after the other. The checks that look at it fail, and no other does.
func TestMutations(t *testing.T) {
	n := node.Start(t)
	whole := checks.Rendered(t, "dind-unix")
	w := checks.Deploy(t, n, checks.Variant{Name: "dind-unix", Manifests: whole})
	all, status := verify(t, n, "deploy/openhands")
	require.Empty(t, failed(all))
	require.Zero(t, status)
	for _, m := range mutations {
		t.Run(m.name, func(t *testing.T) {
			repair := m.breaks(t, n)
			defer repair()
			all, status := verify(t, n, "deploy/openhands")
			require.ElementsMatch(t, m.fails, failed(all))
			require.Equal(t, 1, status)
		})
	}
	t.Run("few rights", func(t *testing.T) { fewRights(t, n) })
	t.Run("killed", func(t *testing.T) { killed(t, n) })
	t.Run("an open port", func(t *testing.T) {
		const socket = "- --host=unix:///run/dind/docker.sock\n"
		at := bytes.Index(whole, []byte(socket))
		require.Positive(t, at)
		indent := bytes.LastIndexByte(whole[:at], '\n') + 1
		opened := strings.Replace(string(whole), socket, socket+strings.Repeat(" ", at-indent)+"- --host=tcp://0.0.0.0:2375\n", 1)
		w.Switch(t, []byte(opened))
		all, _ := verify(t, n, "deploy/openhands")
		require.ElementsMatch(t, []string{"port-closed", "port-listen"}, failed(all))
	})
}

func removeRoleBinding(t *testing.T, n *node.Node) func() {
	bindings := n.RbacV1().RoleBindings(namespace)
	all, err := bindings.List(t.Context(), metav1.ListOptions{})
	require.NoError(t, err)
	require.Len(t, all.Items, 1)
	binding := all.Items[0]
	require.NoError(t, bindings.Delete(t.Context(), binding.Name, metav1.DeleteOptions{}))
	return func() {
		binding.ResourceVersion, binding.UID = "", ""
		_, err := bindings.Create(t.Context(), &binding, metav1.CreateOptions{})
		require.NoError(t, err)
	}
}

func addService(t *testing.T, n *node.Node) func() {
	services := n.CoreV1().Services(namespace)
	_, err := services.Create(t.Context(), &corev1.Service{
		ObjectMeta: metav1.ObjectMeta{Name: "docker"},
		Spec:       corev1.ServiceSpec{Selector: map[string]string{"app": "openhands"}, Ports: []corev1.ServicePort{{Port: 2375}}},
	}, metav1.CreateOptions{})
	require.NoError(t, err)
	return func() { require.NoError(t, services.Delete(t.Context(), "docker", metav1.DeleteOptions{})) }
}

func enforceBaseline(t *testing.T, n *node.Node) func() {
	label := func(value string) {
		patch := `{"metadata":{"labels":{"pod-security.kubernetes.io/enforce":"` + value + `"}}}`
		_, err := n.CoreV1().Namespaces().Patch(t.Context(), namespace, types.MergePatchType, []byte(patch), metav1.PatchOptions{})
		require.NoError(t, err)
	}
	label("baseline")
	return func() { label("privileged") }
}

// fewRights looks as a user who may read the namespace's workloads, and no more: much is unknown, and nothing fails.
func fewRights(t *testing.T, n *node.Node) {
	role := &rbacv1.Role{ObjectMeta: metav1.ObjectMeta{Name: "reader"}, Rules: []rbacv1.PolicyRule{
		{APIGroups: []string{"apps"}, Resources: []string{"deployments"}, Verbs: []string{"get", "list"}},
		{APIGroups: []string{""}, Resources: []string{"pods"}, Verbs: []string{"get", "list"}},
	}}
	_, err := n.RbacV1().Roles(namespace).Create(t.Context(), role, metav1.CreateOptions{})
	require.NoError(t, err)
	binding := &rbacv1.RoleBinding{
		ObjectMeta: metav1.ObjectMeta{Name: "reader"}, RoleRef: rbacv1.RoleRef{APIGroup: "rbac.authorization.k8s.io", Kind: "Role", Name: "reader"},
		Subjects: []rbacv1.Subject{{APIGroup: "rbac.authorization.k8s.io", Kind: "User", Name: "reader"}},
	}
	_, err = n.RbacV1().RoleBindings(namespace).Create(t.Context(), binding, metav1.CreateOptions{})
	require.NoError(t, err)
	all, status := verify(t, n, append(everyLevel, "--as", "reader")...)
	require.Empty(t, failed(all))
	require.Zero(t, status)
	require.Equal(t, "unknown", all["rights"].Result)
	require.Equal(t, "unknown", all["client-daemon"].Result)
	require.Equal(t, "ok", all["rollout"].Result)
	_, _, status = run(t, n, "verify", "deploy/openhands", "-n", namespace, "--as", "reader", "--check", "client-daemon")
	require.Equal(t, 2, status, "a check that was asked for is unknown")
}

// killed ends a run without a chance to clean up; --cleanup removes what it left.
func killed(t *testing.T, n *node.Node) {
	cmd := exec.Command(program(), "verify", "deploy/openhands", "-n", namespace, "--nested", "--canary", "--kubeconfig", n.Kubeconfig)
	require.NoError(t, cmd.Start())
	process.WaitFor(t, "a Job of the run", 3*time.Minute, func() error { return count(t, n, func(jobs int) bool { return jobs > 0 }) })
	require.NoError(t, cmd.Process.Kill())
	_ = cmd.Wait()
	out, said, status := run(t, n, "verify", "--cleanup", "-n", namespace)
	require.Zero(t, status, said)
	t.Log(out)
	require.Contains(t, out, "removed Job")
	require.Contains(t, out, "in the daemon of pod")
	process.WaitFor(t, "the Jobs are gone", time.Minute, func() error { return count(t, n, func(jobs int) bool { return jobs == 0 }) })
	out, _, _ = run(t, n, "verify", "--cleanup", "-n", namespace)
	require.Equal(t, "nothing to remove\n", out)
}

// count fails unless the number of Jobs with the run's label is as wanted.
func count(t *testing.T, n *node.Node, wanted func(jobs int) bool) error {
	all, err := n.BatchV1().Jobs(namespace).List(t.Context(), metav1.ListOptions{LabelSelector: "dindify.dev/verify"})
	if err == nil && !wanted(len(all.Items)) {
		err = fmt.Errorf("there are %d", len(all.Items))
	}
	return err
}
