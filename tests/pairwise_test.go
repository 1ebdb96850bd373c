package tests

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/tests/laws"
	"github.com/boxp/dindify/tests/pairwise"
)

// TestEveryPairOfChoicesHoldsTheLaws also counts, so that a configuration that refuses everything is seen.
func TestEveryPairOfChoicesHoldsTheLaws(t *testing.T) {
	workloads, err := filepath.Glob("testdata/workloads/*.yaml")
	require.NoError(t, err)
	require.NotEmpty(t, workloads)
	converted, refused := 0, 0
	for _, workload := range workloads {
		input, err := os.ReadFile(workload)
		require.NoError(t, err)
		for _, config := range pairwise.Configs() {
			if _, rep := laws.Check(t, input, []byte(config)); rep.Failed() {
				refused++
			} else {
				converted++
			}
		}
	}
	t.Logf("%d combinations converted, %d refused as contradictions", converted, refused)
	require.Greater(t, converted, 50)
}
