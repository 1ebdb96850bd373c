// Package verify runs kubectl-dindify on a real node, as a user does, over a converted application in which one thing
// after the other is broken. Package checks runs it over each variant, for the table.
package verify

import (
	"context"
	"os"
	"testing"

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
