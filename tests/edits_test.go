package tests

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"sigs.k8s.io/yaml"

	"github.com/boxp/dindify/tests/laws"
)

// TestOtherPeoplesEditsSurviveARevert edits a converted OpenHands, and reverts: the result must be the original with
// the same edit.
func TestOtherPeoplesEditsSurviveARevert(t *testing.T) {
	input, err := os.ReadFile("cases/openhands/input.yaml")
	require.NoError(t, err)
	converted, _ := laws.Apply(input, nil)
	for name, edit := range map[string][2]string{
		"image": {"openhands:0.28", "openhands:0.29"},
		"env added": {"        - name: AWS_REGION\n", "        - name: DEBUG\n          value: \"1\"\n        - name: " +
			"AWS_REGION\n"},
		"replicas":  {"  replicas: 1", "  replicas: 0"},
		"namespace": {"namespace: openhands", "namespace: other"},
		"volume": {"      - name: workspace\n        persistentVolumeClaim:", "      - name: cache\n        emptyDir: " +
			"{}\n      - name: workspace\n        persistentVolumeClaim:"},
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
	edited := strings.Replace(string(converted), "terminationGracePeriodSeconds: 45", "terminationGracePeriodSeconds: 300",
		1)
	back, rep := laws.Revert([]byte(edited), nil)
	require.Empty(t, rep.Errors())
	require.Contains(t, string(back), "terminationGracePeriodSeconds: 300")
	var ids []string
	for _, f := range rep.All() {
		ids = append(ids, f.ID)
	}
	require.Contains(t, ids, "revert-kept")
}

func TestJournalOfOpenHandsIsSmall(t *testing.T) {
	input, err := os.ReadFile("cases/openhands/input.yaml")
	require.NoError(t, err)
	converted, _ := laws.Apply(input, nil)
	journal := string(converted)[strings.Index(string(converted), "version: 2\n"):]
	journal = journal[:strings.Index(journal, "\nspec:")]
	t.Logf("%d bytes", len(journal))
	require.LessOrEqual(t, len(journal), 2048)
}

// TestARenamedWorkloadIsReverted: overlays rename objects, and move them to another namespace.
func TestARenamedWorkloadIsReverted(t *testing.T) {
	input, err := os.ReadFile("cases/openhands/input.yaml")
	require.NoError(t, err)
	converted, _ := laws.Apply(input, nil)
	rename := func(text []byte) []byte {
		return []byte(strings.NewReplacer("\n  name: ", "\n  name: staging-", "\n  namespace: openhands",
			"\n  namespace: staging").Replace(string(text)))
	}
	back, rep := laws.Revert(rename(converted), nil)
	require.Empty(t, rep.Errors())
	require.Equal(t, string(rename(input)), string(back))
}

// TestWhatTheAPIServerAddsStays: a dump of the cluster has defaults, a status, sorted keys and no comments.
func TestWhatTheAPIServerAddsStays(t *testing.T) {
	converted, _ := laws.Apply([]byte(deployment), nil)
	var o map[string]any
	require.NoError(t, yaml.Unmarshal([]byte(strings.SplitN(string(converted), "\n---\n", 2)[0]), &o))
	pod := o["spec"].(map[string]any)["template"].(map[string]any)["spec"].(map[string]any)
	pod["dnsPolicy"], pod["schedulerName"] = "ClusterFirst", "default-scheduler"
	o["status"] = map[string]any{"replicas": 1}
	dump, err := yaml.Marshal(o)
	require.NoError(t, err)
	back, rep := laws.Revert(dump, nil)
	require.Empty(t, rep.Errors())
	var got map[string]any
	require.NoError(t, yaml.Unmarshal(back, &got))
	var want map[string]any
	require.NoError(t, yaml.Unmarshal([]byte(deployment), &want))
	pod = want["spec"].(map[string]any)["template"].(map[string]any)["spec"].(map[string]any)
	pod["dnsPolicy"], pod["schedulerName"] = "ClusterFirst", "default-scheduler"
	want["status"] = map[string]any{"replicas": float64(1)}
	require.Equal(t, want, got)
}

// TestALostJournalIsSaid checks that a revert removes parts by their names, and reports what it cannot restore.
func TestALostJournalIsSaid(t *testing.T) {
	converted, _ := laws.Apply([]byte(deployment), nil)
	lost := regexp.MustCompile(`(?s)  annotations:\n    dindify.dev/journal: .*?\nspec:`).ReplaceAllString(
		string(converted), "spec:")
	require.NotContains(t, lost, "journal")
	back, rep := laws.Revert([]byte(lost), nil)
	require.Empty(t, rep.Errors())
	require.NotContains(t, string(back), "dind-")
	ids := map[string]bool{}
	for _, f := range rep.All() {
		ids[f.ID] = true
	}
	require.True(t, ids["journal-missing"])
	again, _ := laws.Apply([]byte(lost), nil)
	require.Equal(t, lost, string(again), "it has a daemon, so it is left alone")
}
