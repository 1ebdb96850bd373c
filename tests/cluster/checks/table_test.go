package checks_test

import (
	"context"
	"fmt"
	"os"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

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

// TestTable runs every variant through every row and prints the table. The seed's column is
// only reported; in ours, each row must hold or be a documented limit.
func TestTable(t *testing.T) {
	n := node.Start(t)
	var columns []checks.Column
	t.Run("seed", func(t *testing.T) {
		columns = append(columns, look(t, n, checks.Seed(t)))
	})
	for _, variant := range checks.Ours(t) {
		t.Run(variant.Name, func(t *testing.T) {
			column := look(t, n, variant)
			columns = append(columns, column)
			for _, row := range checks.Rows() {
				expected := !slices.Contains(variant.Limits, row.ID)
				assert.Equalf(t, expected, column.Findings[row.ID].Good, "%s: %s", row.Title, column.Findings[row.ID].Text)
			}
		})
	}
	table := checks.Markdown(checks.Rows(), columns...)
	fmt.Println(table)
	require.NoError(t, checks.WriteTable(table))
}

func look(t *testing.T, n *node.Node, variant checks.Variant) checks.Column {
	t.Helper()
	w := checks.Deploy(t, n, variant)
	column := checks.Column{Title: variant.Title, Findings: map[string]checks.Finding{}}
	for _, row := range checks.Rows() {
		column.Findings[row.ID] = row.Look(t, w)
		t.Logf("%s: %+v", row.Title, column.Findings[row.ID])
	}
	return column
}
