package checks_test

import (
	"context"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/tests/cluster/checks"
	"github.com/boxp/dindify/tests/cluster/node"
	"github.com/boxp/dindify/tests/cluster/sandbox"
)

func TestMain(m *testing.M) {
	prepare := func(ctx context.Context) error {
		if err := node.Prepare(ctx); err != nil {
			return err
		}
		return checks.Render(ctx)
	}
	publish := func() error { return checks.PublishAll(context.Background()) }
	os.Exit(sandbox.MainInParallel(m, checks.Nodes(), prepare, publish))
}

// TestTable checks every row for every variant, and prints the table. The seed's column is the negative case: specific
// checks of kubectl-dindify must fail there, by their ids. In our columns each row must be as expected or a documented
// limit. With -run TestTable/NAME the other columns are those of the last run.
func TestTable(t *testing.T) {
	for _, variant := range append([]checks.Variant{checks.Seed(t)}, checks.Ours(t)...) {
		t.Run(variant.Name, func(t *testing.T) {
			n := claim(t)
			w := checks.Deploy(t, n, variant)
			require.NoError(t, checks.Save(checks.Versions(t, n), look(t, w, variant, checks.Rows())))
			if v, looked := w.Verification(); looked {
				assert.ElementsMatch(t, variant.Fails, v.Failed(), "what kubectl-dindify says has failed")
			}
		})
	}
}

// TestOptions does the same with the daemon's options set, for the modes with different networks. An engine that does
// not know the option for the MTU ends; the other options are checked without it.
func TestOptions(t *testing.T) {
	for _, isolation := range checks.OptionModes() {
		t.Run(isolation, func(t *testing.T) {
			n := claim(t)
			ended := ""
			if checks.WithoutNetworkFlag() {
				t.Run("mtu", func(t *testing.T) { ended = checks.TryMTU(t, n, isolation) })
			}
			variant := checks.Options(t, n, isolation)
			w := checks.Deploy(t, n, variant)
			require.NoError(t, checks.Save(checks.Versions(t, n), look(t, w, variant, checks.OptionRows(ended))))
		})
	}
}

// TestFullClaim: a daemon with a full claim exits, and its pod does not become ready.
func TestFullClaim(t *testing.T) {
	n := claim(t)
	checks.FillClaim(t, "full")
	const ends = "dind-daemon ended with 1"
	seen := checks.Try(t, n, checks.OnClaim(t, "full"), ends)
	t.Log(seen)
	require.Contains(t, seen, ends)
}

// TestOverlayClaim: a daemon with a claim whose file system holds no overlay copies each layer, and verify says so.
func TestOverlayClaim(t *testing.T) {
	n := claim(t)
	checks.OverlayClaim(t, "overlay")
	checks.Deploy(t, n, checks.OnClaim(t, "overlay"))
	engine := checks.Verify(t, n, "deploy/openhands", "--check", "engine").Outcomes["engine"]
	require.Equal(t, "warn", engine.Result, engine.Text)
	require.Contains(t, engine.Text, "vfs")
}

// TestKinds runs inputs that would be refused or not start correctly if only the socket were replaced.
func TestKinds(t *testing.T) {
	for _, kind := range checks.Kinds() {
		t.Run(kind.Name, func(t *testing.T) { kind.Holds(t, checks.DeployKind(t, claim(t), kind.Name)) })
	}
}

// claim claims a test for this sandbox's node, or skips it if another node has it.
func claim(t *testing.T) *node.Node {
	t.Helper()
	sandbox.Claim(t)
	return node.Shared(t)
}

// look returns the findings as a column. A row of the seed may fail.
func look(t *testing.T, w *checks.Workload, variant checks.Variant, rows []checks.Row) checks.Column {
	t.Helper()
	column := checks.Column{Variant: variant.Name, Title: variant.Title, Findings: map[string]checks.Finding{}}
	checks.Look(t, w, rows, func(row checks.Row, finding checks.Finding) {
		if limit, has := variant.Limit(row.ID); has {
			assert.NoErrorf(t, limit.Known(&finding), "%s: %s", row.Title, finding.Text)
		} else if variant.Name != "seed" {
			assert.Truef(t, finding.Good, "%s: %s", row.Title, finding.Text)
		}
		column.Findings[row.ID] = finding
	})
	return column
}
