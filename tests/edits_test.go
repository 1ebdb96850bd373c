package tests

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/tests/laws"
)

// TestOtherPeoplesEditsSurviveARevert edits a converted OpenHands, and reverts: what comes out is the original with
// the same edit.
func TestOtherPeoplesEditsSurviveARevert(t *testing.T) {
	input, err := os.ReadFile("cases/openhands/input.yaml")
	require.NoError(t, err)
	converted, _ := laws.Apply(input, nil)
	for name, edit := range map[string][2]string{
		"image":      {"openhands:0.28", "openhands:0.29"},
		"env added":  {"        - name: AWS_REGION\n", "        - name: DEBUG\n          value: \"1\"\n        - name: AWS_REGION\n"},
		"replicas":   {"  replicas: 1", "  replicas: 0"},
		"namespace":  {"namespace: openhands", "namespace: other"},
		"volume":     {"      - name: workspace\n        persistentVolumeClaim:", "      - name: cache\n        emptyDir: {}\n      - name: workspace\n        persistentVolumeClaim:"},
		"label":      {"        app: openhands\n    spec:", "        app: openhands\n        tier: ai\n    spec:"},
		"annotation": {"  name: openhands\n  namespace", "  name: openhands\n  namespace"},
	} {
		t.Run(name, func(t *testing.T) {
			replace := func(text []byte) string { return strings.ReplaceAll(string(text), edit[0], edit[1]) }
			back, rep := laws.Revert([]byte(replace(converted)), nil)
			require.Empty(t, rep.Errors())
			require.Equal(t, replace(input), string(back))
		})
	}
}

func TestBothChangedTheSameFieldTheirsStays(t *testing.T) {
	input, err := os.ReadFile("cases/openhands/input.yaml")
	require.NoError(t, err)
	converted, _ := laws.Apply(input, nil)
	edited := strings.Replace(string(converted), "terminationGracePeriodSeconds: 45", "terminationGracePeriodSeconds: 300", 1)
	back, rep := laws.Revert([]byte(edited), nil)
	require.Empty(t, rep.Errors())
	require.Contains(t, string(back), "terminationGracePeriodSeconds: 300")
	var ids []string
	for _, f := range rep.Findings {
		ids = append(ids, f.ID)
	}
	require.Contains(t, ids, "revert-kept")
}

func TestJournalOfOpenHandsIsSmall(t *testing.T) {
	input, err := os.ReadFile("cases/openhands/input.yaml")
	require.NoError(t, err)
	converted, _ := laws.Apply(input, nil)
	journal := string(converted)[strings.Index(string(converted), "version: 1\n"):]
	journal = journal[:strings.Index(journal, "\nspec:")]
	t.Logf("%d bytes", len(journal))
	require.LessOrEqual(t, len(journal), 2048)
}
