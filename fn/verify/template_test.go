package verify

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const scaledJob = `
apiVersion: keda.sh/v1alpha1
kind: ScaledJob
metadata: {name: builds, namespace: openhands}
spec:
  jobTargetRef:
    template:
      spec:
        containers: [{name: c, image: "docker:cli"}, {name: d, image: "docker:28-dind"}]
`

// TestKindsThatAreNotReadAreReported checks kinds that dindify converts and verify cannot find pods of: before the
// apply their pod is checked, and after it the report says that it was not looked at.
func TestKindsThatAreNotReadAreReported(t *testing.T) {
	all, err := ReadManifests("files", strings.NewReader(scaledJob))
	require.NoError(t, err)
	o := Options{Namespace: "openhands", Manifests: all}
	got := outcomes(t, healthy(t), o)
	require.Equal(t, Unknown, got["rollout"].Result, got["rollout"].Text)
	require.Contains(t, got["rollout"].Text, "ScaledJob")
	require.Equal(t, Skip, got["restarts"].Result)

	o.Pre = true
	f := healthy(t)
	f.refuse = "violates PodSecurity \"baseline\""
	got = outcomes(t, f, o)
	require.Equal(t, Fail, got["pod-security"].Result, got["pod-security"].Text)
	require.Equal(t, Skip, got["cleanup-target"].Result, got["cleanup-target"].Text)
}

// TestObjectsWithoutATemplateMakeNoPods checks kinds that need not hold a pod, and kinds that nothing knows.
func TestObjectsWithoutATemplateMakeNoPods(t *testing.T) {
	for _, text := range []string{
		"{apiVersion: argoproj.io/v1alpha1, kind: Rollout, metadata: {name: a}, spec: {workloadRef: {name: b}}}",
		"{apiVersion: argoproj.io/v1alpha1, kind: Workflow, metadata: {name: a}, spec: {templates: []}}",
		"{apiVersion: example.com/v1, kind: Rollout, metadata: {name: a}, spec: {template: {spec: {}}}}",
		"{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}",
	} {
		m, err := ReadManifests("file", strings.NewReader(text))
		require.NoError(t, err)
		w, err := templateOf(m[0])
		require.NoError(t, err)
		require.Nil(t, w, text)
	}
}
