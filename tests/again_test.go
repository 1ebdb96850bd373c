package tests

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"sigs.k8s.io/yaml"
)

// reprinted prints each document as kustomize does: with sorted keys, without comments.
func reprinted(t *testing.T, text string) string {
	t.Helper()
	var docs []string
	for doc := range strings.SplitSeq(text, "\n---\n") {
		var v any
		require.NoError(t, yaml.Unmarshal([]byte(doc), &v))
		out, err := yaml.Marshal(v)
		require.NoError(t, err)
		docs = append(docs, string(out))
	}
	return strings.Join(docs, "---\n")
}

// TestAConversionPrintedByOthersStaysAsItIs: a second one of the same configuration changes not even the order of keys.
func TestAConversionPrintedByOthersStaysAsItIs(t *testing.T) {
	alias := strings.Replace(deployment, "image: example.com/app",
		"image: &image example.com/app\n        args: [*image]", 1)
	for name, in := range map[string]string{
		"a workload":      deployment,
		"its job":         deployment + pruningJob,
		"several":         deployment + "---\n" + strings.ReplaceAll(deployment, "name: app", "name: other"),
		"an alias":        alias,
		"in a List":       "apiVersion: v1\nkind: List\nitems:\n" + inList(deployment),
		"none of the two": "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\n",
	} {
		t.Run(name, func(t *testing.T) {
			converted, errs, status := verb(t, in, "convert", "-")
			require.Zero(t, status, errs)
			given := reprinted(t, converted)
			again, errs, status := verb(t, given, "convert", "-")
			require.Zero(t, status, errs)
			require.Equal(t, given, again)
			require.Contains(t, errs, "nothing was changed")
		})
	}
}

// TestAnotherConfigurationIsNotAFirstConversion: the summary says that the workload had a daemon.
func TestAnotherConfigurationIsNotAFirstConversion(t *testing.T) {
	t.Chdir(t.TempDir())
	put(t, "config.yaml", spec("daemon: {image: example.com/mine:dind}"))
	converted, _, status := verb(t, deployment+pruningJob, "convert", "-")
	require.Zero(t, status)
	again, errs, status := verb(t, converted, "convert", "-c", "config.yaml", "-")
	require.Zero(t, status, errs)
	require.Contains(t, again, "example.com/mine:dind")
	require.Contains(t, errs, "Deployment/app was converted before")
	require.NotContains(t, errs, "now has its own")
}

// TestAJournalFollowsWhatIsGenerated: without a clean-up the workload is the same, but its journal lists nothing.
func TestAJournalFollowsWhatIsGenerated(t *testing.T) {
	t.Chdir(t.TempDir())
	put(t, "cronjob.yaml", spec("cleanup: {mode: CronJob}"))
	put(t, "none.yaml", spec("cleanup: {mode: None}"))
	converted, _, status := verb(t, deployment, "convert", "-c", "cronjob.yaml", "-")
	require.Zero(t, status)
	require.Contains(t, converted, "CronJob/app-docker-cleanup")
	again, errs, status := verb(t, converted, "convert", "-c", "none.yaml", "-")
	require.Zero(t, status, errs)
	require.NotContains(t, again, "docker-cleanup")
}
