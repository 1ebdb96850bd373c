package tests

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/tests/laws"
)

// TestEveryStyleIsConvertedAndComesBack converts one pod in many styles of YAML and JSON. The first line of each file
// of tests/styles describes its style; for JSON the file name does.
func TestEveryStyleIsConvertedAndComesBack(t *testing.T) {
	configs := map[string]string{
		"the socket": "",
		"TCP": "apiVersion: dindify.dev/v1alpha1\nkind: DinD\nspec:\n  client: {transport: TCP}\n  cleanup: " +
			"{mode: CronJob}\n",
	}
	files, err := filepath.Glob("styles/*")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		for name, config := range configs {
			t.Run(filepath.Base(file)+"/"+name, func(t *testing.T) {
				input, err := os.ReadFile(file)
				require.NoError(t, err)
				_, rep := laws.Check(t, input, []byte(config))
				require.Empty(t, rep.Errors())
				ids := map[string]bool{}
				for _, f := range rep.All() {
					ids[f.ID] = true
				}
				require.True(t, ids[report.DaemonAdded], "is converted")
			})
		}
	}
}
