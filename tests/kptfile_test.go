package tests

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestARevertInAPackageNamesTheKptfile that converts again at the next render.
func TestARevertInAPackageNamesTheKptfile(t *testing.T) {
	const says = "p/Kptfile lists dindify, and the next kpt fn render converts again"
	head := "apiVersion: kpt.dev/v1\nkind: Kptfile\nmetadata:\n  name: p\npipeline:\n  mutators:\n"
	for name, test := range map[string]struct {
		mutators string
		says     bool
	}{
		"the program":          {"  - exec: dindify\n    configPath: dindify.yaml\n", true},
		"the image":            {"  - image: ghcr.io/boxp/dindify:v0.1.0\n", true},
		"another function":     {"  - image: ghcr.io/kptdev/krm-functions-catalog/set-labels:v0.2\n", false},
		"a mode that reverts":  {"  - exec: dindify\n    configMap: {mode: DooD}\n", false},
		"a file that reverts":  {"  - exec: dindify\n    configPath: off.yaml\n", false},
		"a Kptfile of no YAML": {"  - [\n", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			put(t, "p/sub/app.yaml", deployment)
			succeed(t, "convert", "-i", "p")
			put(t, "p/Kptfile", head+test.mutators)
			put(t, "p/dindify.yaml", spec("{}"))
			put(t, "p/off.yaml", spec("mode: DooD"))
			_, errs := succeed(t, "revert", "-i", "p/sub")
			require.Equal(t, deployment, get(t, "p/sub/app.yaml"))
			require.Equal(t, test.says, strings.Contains(errs, says), errs)
			_, errs = succeed(t, "revert", "-i", "p/sub")
			require.NotContains(t, errs, says, "nothing was reverted")
		})
	}
}
