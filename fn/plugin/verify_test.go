package plugin_test

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/fn/cli"
	"github.com/boxp/dindify/fn/plugin"
)

// run executes a command line of kubectl-dindify.
func run(t *testing.T, args ...string) (out, said string, status int) {
	t.Helper()
	t.Setenv("KUBECONFIG", "/nowhere")
	var o, e bytes.Buffer
	s := cli.Streams{In: strings.NewReader(""), Out: &o, Err: &e}
	status = cli.RunPlugin(s, "test", "/usr/local/bin/kubectl-dindify", plugin.NewVerify(s), args)
	return o.String(), e.String(), status
}

func TestUsageIsThatOfAPlugin(t *testing.T) {
	out, _, status := run(t, "verify", "--help")
	require.Zero(t, status)
	require.Contains(t, out, "kubectl dindify verify [KIND/NAME]...")
	for _, flag := range []string{"--context", "--kubeconfig", "-n, --namespace", "--as ", "-A, --all-namespaces"} {
		require.Contains(t, out, flag)
	}
	out, _, status = run(t)
	require.Zero(t, status)
	require.Contains(t, out, "kubectl dindify [command]")
}

func TestListNeedsNoCluster(t *testing.T) {
	out, _, status := run(t, "verify", "--list")
	require.Zero(t, status)
	require.Contains(t, out, "client-daemon")
}

func TestWhatMakesNoSenseIsStatus2(t *testing.T) {
	for line, said := range map[string]string{
		"--disruptive":         "--canary",
		"--pre":                "-f",
		"--pull x":             "--nested",
		"-A deploy/x":          "-n",
		"--check mirorr":       `did you mean "mirror"?`,
		"--check nested-run":   "--nested",
		"--fail-on never":      "--fail-on",
		"-o yaml":              "-o must be",
		"-f /nowhere.yaml":     "/nowhere.yaml",
		"-f /dev/null":         "no objects in -f /dev/null",
		"--server 127.0.0.1:1": "no answer from the cluster",
	} {
		_, errs, status := run(t, append([]string{"verify"}, strings.Fields(line)...)...)
		require.Equal(t, 2, status, "%s: %s", line, errs)
		require.Contains(t, errs, said, line)
	}
}

// TestNothingToLookAtIsStatus2 checks that a namespace without workloads gives status 2, not 0.
func TestNothingToLookAtIsStatus2(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		if r.URL.Path == "/version" {
			_, _ = w.Write([]byte(`{"gitVersion":"v1.36.3"}`))
			return
		}
		_, _ = w.Write([]byte(`{"items":[]}`))
	}))
	defer server.Close()
	_, errs, status := run(t, "verify", "--server", server.URL, "-n", "openhands")
	require.Equal(t, 2, status)
	require.Contains(t, errs, "no workload in namespace openhands")
}
