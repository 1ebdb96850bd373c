package verify

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestParseExec checks the forms in which kubectl takes its options, and which target and container they name.
func TestParseExec(t *testing.T) {
	for line, want := range map[string]string{
		"kubectl exec deploy/app -c d -- docker prune":                      "Deployment app  d",
		"kubectl -n a exec deployment.apps/app --container=d -- docker":     "Deployment app a d",
		"exec --namespace a -cd sts/app -- docker":                          "StatefulSet app a d",
		"kubectl exec -itc d app-0 -- docker":                               "Pod app-0  d",
		"kubectl exec -it -c=d po/app-0 -- docker":                          "Pod app-0  d",
		"kubectl --kubeconfig k/config exec deploy/app -- docker -c x":      "Deployment app  ",
		"/usr/bin/kubectl --server https://h/p exec deploy/app --tty -- du": "Deployment app  ",
	} {
		e, ok := parseExec(strings.Fields(line))
		require.True(t, ok, line)
		require.Equal(t, want, strings.Join([]string{e.kind, e.name, e.namespace, e.container}, " "), line)
	}
	for _, line := range []string{
		"", "--", "exec --", "kubectl exec -- docker", "kubectl exec deploy/app", "kubectl exec what/app -- docker",
		"sh -c kubectl", "kubectl exec -c -- docker", "kubectl get pods -- exec",
	} {
		_, ok := parseExec(strings.Fields(line))
		require.False(t, ok, line)
	}
}
