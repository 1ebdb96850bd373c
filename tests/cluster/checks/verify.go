package checks

import (
	"bytes"
	"encoding/json"
	"errors"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/tests/cluster/binaries"
	"github.com/boxp/dindify/tests/cluster/node"
	"github.com/boxp/dindify/tests/cluster/sandbox"
)

// EveryLevel are the arguments for all levels of checks of kubectl-dindify.
var EveryLevel = []string{"deploy/" + appName, "--nested", "--canary", "--disruptive"}

// Outcome is the result of a check of kubectl-dindify's verify.
type Outcome struct{ ID, Level, Result, Evidence, Text, Hint, Took string }

// Verification is a run of kubectl-dindify verify: its JSON output, by the ids of its checks, and its exit status.
type Verification struct {
	Outcomes map[string]Outcome
	Status   int
}

// Failed returns the ids of the failed checks, sorted.
func (v Verification) Failed() []string {
	ids := []string{}
	for id, o := range v.Outcomes {
		if o.Result == "fail" {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// Verify runs the program on the Deployment, like its user.
func Verify(t testing.TB, n *node.Node, args ...string) Verification {
	t.Helper()
	out, said, status := Plugin(t, n, append([]string{"verify", "-n", namespace, "-o", "json"}, args...)...)
	require.NotEqual(t, 2, status, said)
	var report struct {
		Checks    []Outcome
		Workloads []struct{ Checks []Outcome }
		Made      []string
	}
	require.NoError(t, json.Unmarshal([]byte(out), &report), "%s\n%s", out, said)
	all := report.Checks
	for _, w := range report.Workloads {
		all = append(all, w.Checks...)
	}
	v := Verification{Outcomes: map[string]Outcome{}, Status: status}
	for _, o := range all {
		v.Outcomes[o.ID] = o
		t.Logf("%-8s %-16s %-8s %s", o.Result, o.ID, o.Took, o.Text)
	}
	t.Logf("made: %v, exit status %d", report.Made, status)
	return v
}

// Plugin runs kubectl-dindify, which Render built.
func Plugin(t testing.TB, n *node.Node, args ...string) (out, said string, status int) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	cmd := exec.CommandContext(t.Context(), PluginProgram(t), append(args, "--kubeconfig", n.Kubeconfig)...)
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	var ended *exec.ExitError
	if err != nil && !errors.As(err, &ended) {
		t.Fatal(err)
	}
	return stdout.String(), stderr.String(), cmd.ProcessState.ExitCode()
}

// PluginProgram returns the path where Render writes it.
func PluginProgram(t testing.TB) string {
	t.Helper()
	dir, err := binaries.CacheDir("programs")
	require.NoError(t, err)
	return filepath.Join(dir, "kubectl-dindify")
}

// verified is a row that kubectl-dindify checks, so that users get the same result in their clusters. It runs once for
// a column, before the other rows disturb the pod.
func verified(id string) func(testing.TB, *Workload) Finding {
	return func(t testing.TB, w *Workload) Finding {
		if w.verification == nil {
			v := Verify(t, w.Node, EveryLevel...)
			w.verification = &v
		}
		o, looked := w.verification.Outcomes[id]
		require.True(t, looked, "verify has no check %s", id)
		text := forTable(o.Text)
		switch o.Result {
		case "ok":
			return good("%s", text)
		case "warn", "fail":
			return bad("%s", text)
		}
		return bad("%s: %s", o.Result, text)
	}
}

// Verification returns the output of kubectl-dindify for the workload, if a row has run it.
func (w *Workload) Verification() (Verification, bool) {
	if w.verification == nil {
		return Verification{}, false
	}
	return *w.verification, true
}

// longestCell is the maximum length of a cell; the program itself shortens lines of logs.
const longestCell = 160

func forTable(text string) string {
	// whose name differs from run to run
	text = strings.NewReplacer("|", "/", "\n", " ", sandbox.StateDir(), "").Replace(text)
	if len(text) > longestCell {
		text = strings.ToValidUTF8(text[:longestCell], "") + "..."
	}
	return text
}
