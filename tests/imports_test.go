package tests

import (
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestTheFunctionHasNoClient: hosts start this binary for each build, so it must not link the client of a cluster.
// Only kubectl-dindify has one.
func TestTheFunctionHasNoClient(t *testing.T) {
	for _, pkg := range dependencies(t, "../fn/dindify") {
		for _, forbidden := range []string{
			"k8s.io/client-go", "k8s.io/api/", "k8s.io/streaming",
			"github.com/gorilla/websocket", "golang.org/x/oauth2", "github.com/boxp/dindify/fn/verify",
		} {
			require.False(t, strings.HasPrefix(pkg+"/", forbidden), "fn/dindify imports %s", pkg)
		}
	}
	var clients []string
	for _, pkg := range dependencies(t, "../fn/kubectl-dindify") {
		if strings.HasPrefix(pkg, "k8s.io/client-go/kubernetes") {
			clients = append(clients, pkg)
		}
	}
	require.Empty(t, clients, "kubectl-dindify uses the bare REST client: the clientset makes it twice as slow to start")
}

func dependencies(t *testing.T, pkg string) []string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "go", "list", "-deps", pkg).Output()
	require.NoError(t, err)
	return strings.Fields(string(out))
}
