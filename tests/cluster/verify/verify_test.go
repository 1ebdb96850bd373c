// Package verify runs kubectl-dindify on a real node: as a user does, over what dindify prints and over the manifests of
// the design that started it.
package verify

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/tests/cluster/binaries"
	"github.com/boxp/dindify/tests/cluster/checks"
	"github.com/boxp/dindify/tests/cluster/node"
	"github.com/boxp/dindify/tests/cluster/sandbox"
)

func TestMain(m *testing.M) {
	os.Exit(sandbox.Main(m, func(ctx context.Context) error {
		if err := node.Prepare(ctx); err != nil {
			return err
		}
		if err := checks.Render(ctx); err != nil {
			return err
		}
		return build(ctx)
	}))
}

// build makes the program that the tests run.
func build(ctx context.Context) error {
	root, err := binaries.RepositoryRoot(ctx)
	if err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, "go", "build", "-C", root, "-o", program(), "./fn/kubectl-dindify")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("build kubectl-dindify: %w\n%s", err, out)
	}
	return nil
}

func program() string {
	dir, err := binaries.CacheDir("programs")
	if err != nil {
		panic(err)
	}
	return filepath.Join(dir, "kubectl-dindify")
}

// report is the part of the program's JSON that the tests read.
type report struct {
	Checks    []outcome
	Workloads []struct {
		Ref    string
		Checks []outcome
	}
	Made []string
}

type outcome struct{ ID, Level, Result, Evidence, Text, Hint string }

// verify runs the program over the Deployment; it returns the outcome of each check, and the exit status.
func verify(t *testing.T, n *node.Node, args ...string) (map[string]outcome, int) {
	t.Helper()
	out, said, status := run(t, n, append([]string{"verify", "-n", "openhands", "-o", "json"}, args...)...)
	require.NotEqual(t, 2, status, said)
	var rep report
	require.NoError(t, json.Unmarshal([]byte(out), &rep), "%s\n%s", out, said)
	all := map[string]outcome{}
	for _, o := range rep.Checks {
		all[o.ID] = o
	}
	for _, w := range rep.Workloads {
		for _, o := range w.Checks {
			all[o.ID] = o
			t.Logf("%-8s %-16s %s", o.Result, o.ID, o.Text)
		}
	}
	t.Logf("made: %v, exit status %d", rep.Made, status)
	return all, status
}

func run(t *testing.T, n *node.Node, args ...string) (out, said string, status int) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	cmd := exec.CommandContext(t.Context(), program(), append(args, "--kubeconfig", n.Kubeconfig)...)
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	var ended *exec.ExitError
	if err != nil && !errors.As(err, &ended) {
		t.Fatal(err)
	}
	return stdout.String(), stderr.String(), cmd.ProcessState.ExitCode()
}

// failed are the ids of the checks that failed.
func failed(all map[string]outcome) []string {
	ids := []string{}
	for id, o := range all {
		if o.Result == "fail" {
			ids = append(ids, id)
		}
	}
	return ids
}

var everyLevel = []string{"deploy/openhands", "--nested", "--canary", "--disruptive"}

// TestConverted looks at what dindify prints, with every level.
func TestConverted(t *testing.T) {
	n := node.Start(t)
	for _, variant := range checks.Ours(t) {
		t.Run(variant.Name, func(t *testing.T) {
			checks.Deploy(t, n, variant)
			all, _ := verify(t, n, everyLevel...)
			require.ElementsMatch(t, limits[variant.Name], failed(all))
		})
	}
}

// limits are the checks that a choice of the configuration fails, as the README says.
var limits = map[string][]string{
	"dind":      {"canary-job"},     // PostStart's daemon outlives the client
	"dind-unix": {},                 //
	"file":      {"canary-restart"}, // a bind-mounted socket goes stale with the daemon that made it
}

// TestSeed looks at the manifests of the design that started it. They are the negative case.
func TestSeed(t *testing.T) {
	n := node.Start(t)
	checks.Deploy(t, n, checks.Seed(t))
	all, status := verify(t, n, everyLevel...)
	require.Equal(t, 1, status)
	require.ElementsMatch(t, []string{"port-closed", "port-listen", "mirror", "nested-mount", "nested-port", "data", "cleanup-works", "canary-job"}, failed(all))
}
