package checks_test

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	rbacv1 "k8s.io/api/rbac/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/boxp/dindify/tests/cluster/checks"
	"github.com/boxp/dindify/tests/cluster/node"
	"github.com/boxp/dindify/tests/cluster/process"
)

// formats checks that all output formats have the same results and are well-formed.
func formats(t *testing.T, n *node.Node) {
	for format, holds := range map[string]func(string) bool{
		"text":     func(out string) bool { return strings.Contains(out, "Deployment openhands/openhands") },
		"short":    func(out string) bool { return strings.Contains(out, "Deployment/openhands") },
		"json":     func(out string) bool { return json.Valid([]byte(out)) },
		"junit":    func(out string) bool { return xml.Unmarshal([]byte(out), new(struct{})) == nil },
		"markdown": func(out string) bool { return strings.Contains(out, "|---|") },
	} {
		out, said, status := checks.Plugin(t, n, "verify", "deploy/openhands", "-n", namespace, "-o", format)
		require.Zero(t, status, said)
		require.True(t, holds(out), "%s:\n%s", format, out)
	}
}

// statuses checks the exit status: 1 if a check failed, or warned with --fail-on warn; 2 if nothing could be checked.
func statuses(t *testing.T, n *node.Node) {
	for _, c := range []struct {
		status int
		args   []string
	}{
		{0, []string{"deploy/openhands", "--check", "client-daemon,own-daemon"}},
		{2, []string{"deploy/openhands", "--check", "no-such-check"}},
		{2, []string{"deploy/absent"}},
		{2, []string{"deploy/openhands", "--server", "https://127.0.0.1:1"}},
	} {
		_, said, status := checks.Plugin(t, n, append([]string{"verify", "-n", namespace}, c.args...)...)
		require.Equal(t, c.status, status, "%v: %s", c.args, said)
	}
}

// before checks manifests that are not applied yet, in a namespace that accepts them, and in one that does not.
func before(t *testing.T, n *node.Node, manifests []byte) {
	file := filepath.Join(t.TempDir(), "on.yaml")
	require.NoError(t, os.WriteFile(file, manifests, 0o644))
	out, said, status := checks.Plugin(t, n, "verify", "--pre", "-f", file, "-n", namespace)
	require.Zero(t, status, "%s%s", out, said)
	repair := enforceBaseline(t, n)
	defer repair()
	out, said, status = checks.Plugin(t, n, "verify", "--pre", "-f", file, "-n", namespace)
	require.Equal(t, 1, status, "%s%s", out, said)
	require.Contains(t, out, "pod-security")
}

// rightsAreEnough gives a user the Role and the ClusterRole that a run with few rights has printed: then nothing is
// forbidden.
func rightsAreEnough(t *testing.T, n *node.Node, user, hint string) {
	t.Helper()
	_, role, found := strings.Cut(hint, "\n")
	require.True(t, found, hint)
	require.NoError(t, n.Apply(t.Context(), []byte(role)))
	bind(t, n, "dindify-verify", user)
	bindEverywhere(t, n, "dindify-verify", user)
	seen := verify(t, n, append(checks.EveryLevel[1:], "--as", user)...)
	require.Empty(t, seen.Failed())
	require.Equal(t, "ok", seen.Outcomes["rights"].Result, seen.Outcomes["rights"].Text)
	require.Equal(t, "ok", seen.Outcomes["canary-user"].Result, seen.Outcomes["canary-user"].Text)
}

// bind binds a Role of the namespace to a user.
func bind(t *testing.T, n *node.Node, role, user string) {
	t.Helper()
	const group = "rbac.authorization.k8s.io"
	_, err := n.RbacV1().RoleBindings(namespace).Create(t.Context(), &rbacv1.RoleBinding{
		ObjectMeta: metav1.ObjectMeta{Name: role},
		RoleRef:    rbacv1.RoleRef{APIGroup: group, Kind: "Role", Name: role},
		Subjects:   []rbacv1.Subject{{APIGroup: group, Kind: "User", Name: user}},
	}, metav1.CreateOptions{})
	require.NoError(t, err)
}

func bindEverywhere(t *testing.T, n *node.Node, role, user string) {
	t.Helper()
	const group = "rbac.authorization.k8s.io"
	_, err := n.RbacV1().ClusterRoleBindings().Create(t.Context(), &rbacv1.ClusterRoleBinding{
		ObjectMeta: metav1.ObjectMeta{Name: role},
		RoleRef:    rbacv1.RoleRef{APIGroup: group, Kind: "ClusterRole", Name: role},
		Subjects:   []rbacv1.Subject{{APIGroup: group, Kind: "User", Name: user}},
	}, metav1.CreateOptions{})
	require.NoError(t, err)
}

// killed kills a run, so that it cannot clean up; --cleanup removes what it left.
func killed(t *testing.T, n *node.Node) {
	cmd := exec.Command(checks.PluginProgram(t), "verify", "deploy/openhands", "-n", namespace, "--nested", "--canary",
		"--kubeconfig", n.Kubeconfig)
	require.NoError(t, cmd.Start())
	process.WaitFor(t, "a Job of the run", 3*time.Minute, func() error {
		return count(t, n,
			func(jobs int) bool { return jobs > 0 })
	})
	require.NoError(t, cmd.Process.Kill())
	_ = cmd.Wait()
	out, said, status := checks.Plugin(t, n, "verify", "--cleanup", "-n", namespace)
	require.Zero(t, status, said)
	t.Log(out)
	require.Contains(t, out, "removed Job")
	require.Contains(t, out, "in the daemon of pod")
	process.WaitFor(t, "the Jobs are gone", time.Minute, func() error {
		return count(t, n,
			func(jobs int) bool { return jobs == 0 })
	})
	out, _, _ = checks.Plugin(t, n, "verify", "--cleanup", "-n", namespace)
	require.Equal(t, "nothing to remove\n", out)
}

// count fails unless the number of Jobs with the run's label is the expected one.
func count(t *testing.T, n *node.Node, wanted func(jobs int) bool) error {
	all, err := n.BatchV1().Jobs(namespace).List(t.Context(), metav1.ListOptions{LabelSelector: "dindify.dev/verify"})
	if err == nil && !wanted(len(all.Items)) {
		err = fmt.Errorf("there are %d", len(all.Items))
	}
	return err
}
