package checks_test

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
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

// TestTable runs every variant through every row and prints the table. The seed's column is only reported; in ours, each
// row must hold or be a documented limit.
func TestTable(t *testing.T) {
	n := node.Start(t)
	var columns []checks.Column
	for _, variant := range append([]checks.Variant{checks.Seed(t)}, checks.Ours(t)...) {
		t.Run(variant.Name, func(t *testing.T) {
			w := checks.Deploy(t, n, variant)
			columns = append(columns, look(t, w, variant, checks.Rows()))
		})
	}
	publish(t, "modes", checks.Versions(t, n)+"\n\n"+checks.Markdown(checks.Rows(), columns...))
	isNoMode := func(c checks.Column) bool { return !slices.Contains(checks.Modes, c.Variant) }
	publish(t, "summary", checks.Versions(t, n)+"\n\n"+checks.Markdown(checks.Rows(), slices.DeleteFunc(columns, isNoMode)...))
}

// TestOptions does the same with the daemon's options set, for the modes that share a bridge with the pod's network or not.
func TestOptions(t *testing.T) {
	n := node.Start(t)
	var columns []checks.Column
	for isolation, runtimeClass := range map[string]string{"Privileged": "", "Rootless": "", "UserNamespace": node.WritableClass} {
		if runtimeClass != "" && binaries.Selected().Containerd.Dir == "" {
			continue
		}
		t.Run(isolation, func(t *testing.T) {
			variant := checks.Options(t, n, isolation, runtimeClass)
			w := checks.Deploy(t, n, variant)
			columns = append(columns, look(t, w, variant, checks.OptionRows()))
		})
	}
	slices.SortFunc(columns, func(a, b checks.Column) int { return strings.Compare(a.Title, b.Title) })
	publish(t, "options", checks.Markdown(checks.OptionRows(), columns...))
}

// TestFullClaim only reports what a daemon does whose claim has no free byte.
func TestFullClaim(t *testing.T) {
	n := node.Start(t)
	checks.FillClaim(t, "full")
	seen := checks.Try(t, n, checks.FullClaim(t, "full"))
	publish(t, "full-claim", "A daemon whose claim has no free byte: "+seen+".\n")
}

func publish(t *testing.T, name, table string) {
	t.Helper()
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
