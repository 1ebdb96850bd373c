package tests

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/tests/laws"
	"github.com/boxp/dindify/tests/pairwise"
)

var keep = flag.String("keep", "", "folder in which to leave what every combination of choices gives")

// TestEveryPairOfChoicesHoldsTheLaws also counts conversions, so that it notices a configuration that refuses
// everything.
func TestEveryPairOfChoicesHoldsTheLaws(t *testing.T) {
	workloads, err := filepath.Glob("testdata/workloads/*.yaml")
	require.NoError(t, err)
	require.NotEmpty(t, workloads)
	converted, refused := 0, 0
	for _, workload := range workloads {
		input, err := os.ReadFile(workload)
		require.NoError(t, err)
		for i, config := range pairwise.Configs() {
			out, rep := laws.Check(t, input, []byte(config))
			if rep.Failed() {
				for _, e := range rep.Errors() {
					require.NotEqual(t, report.Internal, e.ID, "%s\n%s\n%s", workload, config, e)
				}
				refused++
				continue
			}
			converted++
			if *keep != "" {
				name := fmt.Sprintf("%03d-%s", i, filepath.Base(workload))
				require.NoError(t, os.WriteFile(filepath.Join(*keep, name), out, 0o600))
			}
		}
	}
	t.Logf("%d combinations converted, %d refused as contradictions", converted, refused)
	require.Greater(t, converted, 50)
}
