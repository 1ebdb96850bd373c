package checks_test

import (
	"context"
	"fmt"
	"os"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
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
		return checks.Render(ctx)
	}))
}

// TestTable runs every variant through every row and prints the table. The seed's column is the negative case: certain
// checks of kubectl-dindify must fail there, by their ids. In ours each row must hold or be a documented limit. With
// -run TestTable/NAME the other columns are those of the last run.
func TestTable(t *testing.T) {
	n := node.Start(t)
	versions := checks.Versions(t, n)
	var names []string
	for _, variant := range append([]checks.Variant{checks.Seed(t)}, checks.Ours(t)...) {
		names = append(names, variant.Name)
		t.Run(variant.Name, func(t *testing.T) {
			w := checks.Deploy(t, n, variant)
			require.NoError(t, checks.Save(versions, look(t, w, variant, checks.Rows())))
			if v, looked := w.Verification(); looked {
				assert.ElementsMatch(t, variant.Fails, v.Failed(), "what kubectl-dindify says has failed")
			}
		})
	}
	publish(t, "modes", versions, checks.Rows(), names)
	publish(t, "summary", versions, checks.Rows(), checks.Modes)
}

// TestOptions does the same with the daemon's options set, for the modes whose networks differ.
func TestOptions(t *testing.T) {
	n := node.Start(t)
	versions := checks.Versions(t, n)
	var names []string
	for _, mode := range [][2]string{{"Privileged", ""}, {"Rootless", ""}, {"UserNamespace", node.WritableClass}} {
		isolation, runtimeClass := mode[0], mode[1]
		if runtimeClass != "" && binaries.Selected().Containerd.Dir == "" {
			continue
		}
		names = append(names, isolation)
		t.Run(isolation, func(t *testing.T) {
			variant := checks.Options(t, n, isolation, runtimeClass)
			w := checks.Deploy(t, n, variant)
			require.NoError(t, checks.Save(versions, look(t, w, variant, checks.OptionRows())))
		})
	}
	publish(t, "options", versions, checks.OptionRows(), names)
}

// TestFullClaim: a daemon whose claim has no free byte ends, and its pod does not become ready.
func TestFullClaim(t *testing.T) {
	n := node.Start(t)
	checks.FillClaim(t, "full")
	seen := checks.Try(t, n, checks.FullClaim(t, "full"))
	t.Log(seen)
	require.Contains(t, seen, "dind-daemon ended with 1")
}

// TestKinds runs inputs that would be refused or start wrongly if only the socket were exchanged.
func TestKinds(t *testing.T) {
	n := node.Start(t)
	for _, kind := range checks.Kinds() {
		t.Run(kind.Name, func(t *testing.T) { kind.Holds(t, checks.DeployKind(t, n, kind.Name)) })
	}
}

func publish(t *testing.T, name, versions string, rows []checks.Row, variants []string) {
	t.Helper()
	columns, err := checks.Saved(versions, variants...)
	require.NoError(t, err)
	table := versions + "\n\n" + checks.Markdown(rows, columns...)
	fmt.Println(table)
	require.NoError(t, checks.Publish(t.Context(), name, table))
}

// look returns the findings as a column. A row of the seed may fail.
func look(t *testing.T, w *checks.Workload, variant checks.Variant, rows []checks.Row) checks.Column {
	t.Helper()
	column := checks.Column{Variant: variant.Name, Title: variant.Title, Findings: map[string]checks.Finding{}}
	checks.Look(t, w, rows, func(row checks.Row, finding checks.Finding) {
		column.Findings[row.ID] = finding
		t.Logf("%s: %+v", row.Title, finding)
		if variant.Name != "seed" {
			expected := !slices.Contains(variant.Limits, row.ID)
			assert.Equalf(t, expected, finding.Good, "%s: %s", row.Title, finding.Text)
		}
	})
	return column
}
