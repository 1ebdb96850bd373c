package plugin_test

import (
	"bytes"
	"encoding/xml"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
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
		"--disruptive":                           "--canary",
		"--pre":                                  "-f",
		"--pull x":                               "--nested",
		"-A deploy/x":                            "-n",
		"--bogus":                                "unknown flag",
		"--nested=maybe":                         "--nested",
		"--wait soon":                            "--wait",
		"--wait -1s":                             "--wait",
		"--list -o yaml":                         "-o must be",
		"--check=":                               "--check needs",
		"--check mtu,mtux":                       `"mtux" is no check`,
		"--check mtu --skip mtu":                 "contradicts --skip",
		"--check quota":                          "needs --pre",
		"--check drift":                          "needs -f",
		"--check drift --pre -f ../../README.md": "omit --pre",
		"--check pull --nested":                  "needs --pull",
		"--check canary-prune --canary":          "needs --disruptive",
		"--cleanup -f ../../README.md":           "omit -f",
		"--cleanup deploy/x":                     "omit names",
		"--cleanup -o json":                      "omit -o",
		"--cleanup -l app=a":                     "omit -l",
		"--cleanup --nested":                     "omit --nested",
		"--cleanup --check mtu":                  "omit --check",
		"--list --wait 1s":                       "omit --wait",
		"--list --cleanup":                       "omit one",
		"-f https://example.com/a.yaml":          "reads no URL",
		"--list foo":                             "omit names",
		"--list -o junit":                        "omit -o",
		"-A -n x":                                "contradict",
		"--context nowhere":                      "nowhere",
		"--insecure-skip-tls-verify=maybe":       "--insecure-skip-tls-verify",
		"--server 127.0.0.1:1 deploy/x --request-timeout x": "Invalid timeout",
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

// TestNothingToCheckIsStatus2 checks that a namespace without workloads gives status 2, not 0.
func TestNothingToCheckIsStatus2(t *testing.T) {
	url := serve(t, "")
	_, errs, status := run(t, "verify", "--server", url, "-n", "openhands")
	require.Equal(t, 2, status)
	require.Contains(t, errs, "no workload in namespace openhands")
	out, errs, status := run(t, "verify", "--server", url, "-n", "openhands", "--check", "leftovers")
	require.Zero(t, status, errs)
	require.Contains(t, out, "No workload with a Docker daemon of its own was found.")
}

// TestOnlyTheOldWayIsAFailure checks that a cluster in which nothing is converted has a finding, not an error.
func TestOnlyTheOldWayIsAFailure(t *testing.T) {
	url := serve(t, `{"metadata":{"name":"old","namespace":"openhands"},"spec":{"template":{"spec":{
		"containers":[{"name":"c","image":"docker:cli","volumeMounts":[{"name":"s","mountPath":"/var/run/docker.sock"}]}],
		"volumes":[{"name":"s","hostPath":{"path":"/var/run/docker.sock"}}]}}}}`)
	for _, format := range []string{"text", "short", "json", "junit", "markdown"} {
		out, errs, status := run(t, "verify", "--server", url, "-n", "openhands", "-o", format)
		require.Equal(t, 1, status, errs)
		require.Contains(t, out, "/old", format)
	}
}

// TestJUnitOfARunThatChecksNothing checks that a file of reports shows why there is none.
func TestJUnitOfARunThatChecksNothing(t *testing.T) {
	out, errs, status := run(t, "verify", "--server", "127.0.0.1:1", "-o", "junit", "deploy/x")
	require.Equal(t, 2, status)
	require.Contains(t, errs, "no answer from the cluster")
	var all struct {
		Suites []struct {
			Errors int `xml:"errors,attr"`
			Cases  []struct {
				Error struct {
					Message string `xml:"message,attr"`
				} `xml:"error"`
			} `xml:"testcase"`
		} `xml:"testsuite"`
	}
	require.NoError(t, xml.Unmarshal([]byte(out), &all))
	require.Equal(t, 1, all.Suites[0].Errors)
	require.Contains(t, all.Suites[0].Cases[0].Error.Message, "no answer from the cluster")
}

// TestAReaderThatIsGoneIsStatus2 checks a standard output that takes nothing, as /dev/full does.
func TestAReaderThatIsGoneIsStatus2(t *testing.T) {
	url := serve(t, "")
	lines := []string{"--list", "--cleanup -n openhands --server " + url}
	for _, format := range []string{"text", "short", "json", "junit", "markdown"} {
		lines = append(lines, "--check leftovers -n openhands --server "+url+" -o "+format)
	}
	for _, line := range lines {
		full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
		require.NoError(t, err)
		var errs bytes.Buffer
		s := cli.Streams{In: strings.NewReader(""), Out: full, Err: &errs}
		args := append([]string{"verify"}, strings.Fields(line)...)
		require.Equal(t, 2, cli.RunPlugin(s, "test", "kubectl-dindify", plugin.NewVerify(s), args), line)
		require.Contains(t, errs.String(), "no space left on device", line)
		require.NoError(t, full.Close())
	}
}

// TestCompletion checks the words that a shell offers.
func TestCompletion(t *testing.T) {
	url := serve(t, `{"metadata":{"name":"old","namespace":"openhands"}},
		{"metadata":{"name":"agent","namespace":"openhands"},"spec":{"selector":{"matchLabels":{"app":"agent"}},"template":{
		"spec":{"containers":[{"name":"c","image":"docker:cli"},{"name":"d","image":"docker:28-dind"}]}}}}`)
	for line, want := range map[string]string{
		"deploy/":           "deploy/old deploy/agent :4",
		"deployments.apps/": "deployments.apps/old deployments.apps/agent :4",
		"deploy/o":          "deploy/old :4",
		"deploy ":           "old agent :4",
		"deploy old ":       "agent :4",
		"deploy":            "deployments/ deployment/agent :4",
		"po":                "pods/ :6",
		"services/":         ":6",
		"-n ":               "openhands :4",
	} {
		words := strings.Split(line, " ")
		out, _, status := run(t, append([]string{"__complete", "verify", "--server", url}, words...)...)
		require.Zero(t, status)
		require.Equal(t, want, strings.Join(strings.Fields(out), " "), line)
	}
	out, _, _ := run(t, "__complete", "verify", "--server", "127.0.0.1:1", "deploy")
	require.Equal(t, "deployments/\n:6\n", out, "kinds need no cluster")
}

// serve answers as an API server with at most one Deployment, and a Job that a run has left.
func serve(t *testing.T, deployment string) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		switch {
		case r.URL.Path == "/version":
			_, _ = w.Write([]byte(`{"gitVersion":"v1.36.3"}`))
		case r.URL.Path == "/api/v1/namespaces/nope":
			w.WriteHeader(http.StatusNotFound)
			_, _ = w.Write([]byte(`{"kind":"Status","apiVersion":"v1","status":"Failure","reason":"NotFound","code":404}`))
		case r.URL.Path == "/api/v1/namespaces":
			_, _ = w.Write([]byte(`{"items":[{"metadata":{"name":"openhands"}}]}`))
		case strings.HasSuffix(r.URL.Path, "/namespaces/left/jobs") && r.URL.RawQuery != "":
			_, _ = w.Write([]byte(`{"items":[{"metadata":{"name":"job\u001b[2J\n::error::","namespace":"left"}}]}`))
		case strings.HasSuffix(r.URL.Path, "/deployments"):
			_, _ = w.Write([]byte(`{"items":[` + deployment + `]}`))
		default:
			_, _ = w.Write([]byte(`{"items":[]}`))
		}
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// TestNamespaceOfObjectsIsThatOfTheFlag checks objects of another namespace than that of -n, which kubectl refuses.
func TestNamespaceOfObjectsIsThatOfTheFlag(t *testing.T) {
	file := filepath.Join(t.TempDir(), "a.yaml")
	text := "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: tools}\n"
	require.NoError(t, os.WriteFile(file, []byte(text), 0o644))
	_, errs, status := run(t, "verify", "--server", "127.0.0.1:1", "--pre", "-f", file, "-n", "other")
	require.Equal(t, 2, status)
	require.Contains(t, errs, "ConfigMap/a is in namespace tools, and -n says other")
}

// TestCleanupOfNoNamespaceIsStatus2 checks a namespace that does not exist.
func TestCleanupOfNoNamespaceIsStatus2(t *testing.T) {
	url := serve(t, "")
	_, errs, status := run(t, "verify", "--server", url, "--cleanup", "-n", "nope")
	require.Equal(t, 2, status)
	require.Contains(t, errs, "namespace nope does not exist")
}

// TestCleanupPrintsNoControlCharacters checks a name that no terminal and no log of a CI system may get as it is.
func TestCleanupPrintsNoControlCharacters(t *testing.T) {
	out, errs, status := run(t, "verify", "--server", serve(t, ""), "--cleanup", "-n", "left")
	require.Zero(t, status, errs)
	require.Equal(t, `removed Job job\x1b[2J\n::error:: in namespace left`+"\n", out)
}

// TestAServerThatNeverAnswersIsStatus2 checks that the run ends, and says which server it waited for and how to wait
// longer; kubectl's own flag sets the time.
func TestAServerThatNeverAnswersIsStatus2(t *testing.T) {
	end := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-end }))
	defer server.Close()
	defer close(end)
	for _, flags := range []string{"", "--cleanup", "-A", "deploy/x"} {
		args := strings.Fields("verify --request-timeout 100ms --server " + server.URL + " " + flags)
		_, errs, status := run(t, args...)
		require.Equal(t, 2, status, errs)
		require.Contains(t, errs, server.URL+" did not answer", flags)
		require.Contains(t, errs, "--request-timeout", flags)
	}
	out, _, _ := run(t, "verify", "--help")
	require.Regexp(t, `--request-timeout.*\(default "1m"\)`, out)
}
