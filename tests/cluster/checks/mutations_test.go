package checks_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	corev1 "k8s.io/api/core/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/types"
	"sigs.k8s.io/yaml"

	"github.com/boxp/dindify/tests/cluster/checks"
	"github.com/boxp/dindify/tests/cluster/kube"
	"github.com/boxp/dindify/tests/cluster/node"
)

const namespace = "openhands"

// mutation breaks one object beside the running pod.
type mutation struct {
	name   string
	breaks func(*testing.T, *node.Node) (repair func())
	fails  []string
}

var mutations = []mutation{
	{"a RoleBinding is removed", removeRoleBinding, []string{"cleanup-rights"}},
	{"a Service leads to the daemon", addService, []string{"exposed"}},
	{"the namespace enforces baseline", enforceBaseline, []string{"pod-security"}},
	{"a clean-up has failed, and its time to live is over", passTimeToLive, []string{"cleanup-history"}},
	{"the node's kubelet is old", ageKubelet, []string{"version"}},
}

// change breaks one part of the pod itself.
type change struct {
	name  string
	edit  func(pod map[string]any)
	fails []string
}

var changes = []change{
	{"an open port", openPort, []string{"port-closed", "port-listen"}},
	{"the wrong group", leaveGroup, []string{"client-daemon", "socket-file"}},
	{"a path that is not mirrored", unmirror, []string{"mirror"}},
}

// TestMutations breaks one thing after the other. The checks for it must fail, and no others.
func TestMutations(t *testing.T) {
	n := claim(t)
	whole := checks.Rendered(t, "dind-unix")
	w := checks.Deploy(t, n, checks.Variant{Name: "dind-unix", Manifests: whole})
	seen := verify(t, n)
	require.Empty(t, seen.Failed())
	require.Zero(t, seen.Status)
	t.Run("each format", func(t *testing.T) { formats(t, n) })
	t.Run("each exit status", func(t *testing.T) { statuses(t, n) })
	t.Run("before the apply", func(t *testing.T) { before(t, n, checks.WithoutForeignKinds(t, whole)) })
	for _, m := range mutations {
		t.Run(m.name, func(t *testing.T) {
			repair := m.breaks(t, n)
			defer repair()
			seen := verify(t, n)
			require.ElementsMatch(t, m.fails, seen.Failed())
			require.Equal(t, 1, seen.Status)
		})
	}
	t.Run("few rights", func(t *testing.T) { fewRights(t, n) })
	t.Run("killed", func(t *testing.T) { killed(t, n) })
	for _, c := range changes {
		t.Run(c.name, func(t *testing.T) {
			w.Switch(t, edited(t, whole, c.edit))
			require.ElementsMatch(t, c.fails, verify(t, n).Failed())
		})
	}
}

func verify(t *testing.T, n *node.Node, args ...string) checks.Verification {
	t.Helper()
	return checks.Verify(t, n, append([]string{"deploy/openhands"}, args...)...)
}

// edited returns a stream of manifests with an edited pod of the Deployment.
func edited(t *testing.T, manifests []byte, edit func(pod map[string]any)) []byte {
	t.Helper()
	objects, err := kube.Decode(manifests)
	require.NoError(t, err)
	var stream []byte
	for _, o := range objects {
		if o.GetKind() == "Deployment" {
			pod, _, err := unstructured.NestedMap(o.Object, "spec", "template", "spec")
			require.NoError(t, err)
			edit(pod)
			require.NoError(t, unstructured.SetNestedMap(o.Object, pod, "spec", "template", "spec"))
		}
		document, err := yaml.Marshal(o.Object)
		require.NoError(t, err)
		stream = append(append(stream, "---\n"...), document...)
	}
	return stream
}

func openPort(pod map[string]any) {
	daemon := first(pod, "initContainers")
	daemon["args"] = append(daemon["args"].([]any), "--host=tcp://0.0.0.0:2375")
}

// leaveGroup changes the client's user to one who may not open the socket.
func leaveGroup(pod map[string]any) {
	pod["securityContext"] = map[string]any{"supplementalGroups": []any{int64(4711)}}
	first(pod, "containers")["securityContext"] = map[string]any{"runAsUser": int64(1000), "runAsGroup": int64(1000)}
}

func unmirror(pod map[string]any) {
	daemon := first(pod, "initContainers")
	daemon["volumeMounts"] = slices.DeleteFunc(daemon["volumeMounts"].([]any), func(m any) bool {
		return m.(map[string]any)["mountPath"] == "/opt/workspace_base"
	})
}

func first(pod map[string]any, list string) map[string]any {
	return pod[list].([]any)[0].(map[string]any)
}

// passTimeToLive leaves of a failed clean-up what the controllers leave after its Job is deleted.
func passTimeToLive(t *testing.T, n *node.Node) func() {
	jobs := n.BatchV1().CronJobs(namespace)
	all, err := jobs.List(t.Context(), metav1.ListOptions{})
	require.NoError(t, err)
	require.Len(t, all.Items, 1)
	patch := func(started string) {
		text := fmt.Sprintf(`{"status":{"lastScheduleTime":%s}}`, started)
		_, err := jobs.Patch(t.Context(), all.Items[0].Name, types.MergePatchType, []byte(text), metav1.PatchOptions{},
			"status")
		require.NoError(t, err)
	}
	patch(fmt.Sprintf("%q", time.Now().UTC().Format(time.RFC3339)))
	return func() { patch("null") }
}

// ageKubelet writes an old version to the node's status.
func ageKubelet(t *testing.T, n *node.Node) func() {
	seen, err := n.CoreV1().Nodes().Get(t.Context(), node.Name, metav1.GetOptions{})
	require.NoError(t, err)
	patch := func(version string) {
		text := fmt.Sprintf(`{"status":{"nodeInfo":{"kubeletVersion":%q}}}`, version)
		_, err := n.CoreV1().Nodes().Patch(t.Context(), node.Name, types.MergePatchType, []byte(text), metav1.PatchOptions{},
			"status")
		require.NoError(t, err)
	}
	patch("v1.28.15")
	return func() { patch(seen.Status.NodeInfo.KubeletVersion) }
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
		Spec: corev1.ServiceSpec{
			Selector: map[string]string{"app": "openhands"},
			Ports:    []corev1.ServicePort{{Port: 2375}},
		},
	}, metav1.CreateOptions{})
	require.NoError(t, err)
	return func() { require.NoError(t, services.Delete(t.Context(), "docker", metav1.DeleteOptions{})) }
}

func enforceBaseline(t *testing.T, n *node.Node) func() {
	label := func(value string) {
		patch := `{"metadata":{"labels":{"pod-security.kubernetes.io/enforce":"` + value + `"}}}`
		_, err := n.CoreV1().Namespaces().Patch(t.Context(), namespace, types.MergePatchType, []byte(patch),
			metav1.PatchOptions{})
		require.NoError(t, err)
	}
	label("baseline")
	return func() { label("privileged") }
}

// fewRights runs as a user who may only read the namespace's workloads: much is unknown, and nothing fails.
func fewRights(t *testing.T, n *node.Node) {
	role := &rbacv1.Role{ObjectMeta: metav1.ObjectMeta{Name: "reader"}, Rules: []rbacv1.PolicyRule{
		{APIGroups: []string{"apps"}, Resources: []string{"deployments"}, Verbs: []string{"get", "list"}},
		{APIGroups: []string{""}, Resources: []string{"pods"}, Verbs: []string{"get", "list"}},
	}}
	_, err := n.RbacV1().Roles(namespace).Create(t.Context(), role, metav1.CreateOptions{})
	require.NoError(t, err)
	bind(t, n, "reader", "reader")
	seen := verify(t, n, append(checks.EveryLevel[1:], "--as", "reader")...)
	require.Empty(t, seen.Failed())
	require.Zero(t, seen.Status)
	require.Equal(t, "unknown", seen.Outcomes["rights"].Result)
	require.Equal(t, "unknown", seen.Outcomes["client-daemon"].Result)
	require.Equal(t, "ok", seen.Outcomes["rollout"].Result)
	_, _, status := checks.Plugin(t, n, "verify", "deploy/openhands", "-n", namespace, "--as", "reader", "--check",
		"client-daemon")
	require.Equal(t, 2, status, "a check that was asked for is unknown")
	rightsAreEnough(t, n, "reader", seen.Outcomes["rights"].Hint)
}
