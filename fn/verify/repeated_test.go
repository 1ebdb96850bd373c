package verify

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestRepeatedObjectIsCheckedOnce checks an object that is in the files twice: the last is compared, as kubectl apply
// leaves it, its checks are there once, and the report says so.
func TestRepeatedObjectIsCheckedOnce(t *testing.T) {
	const name = "Deployment/openhands (2 times)"
	for id, pre := range map[string]bool{"drift": false, "apply": true} {
		f := healthy(t)
		wrong := manifestsOf(t, f, map[string]any{"Deployment/openhands": object{
			"spec": object{"template": object{"spec": object{"terminationGracePeriodSeconds": 7}}},
		}})
		right := manifestsOf(t, f, map[string]any{})
		o := Options{Namespace: "openhands", Pre: pre, Manifests: append(wrong, right...)}
		rep, err := Run(t.Context(), f, o)
		require.NoError(t, err)
		require.Len(t, rep.Workloads, 1)
		got := outcomes(t, f, o)[id]
		require.Equal(t, Warn, got.Result, got.Text)
		require.Contains(t, got.Text, name)

		o.Manifests = append(right, wrong...)
		want := map[bool]Result{false: Fail, true: Warn}[pre]
		got = outcomes(t, f, o)[id]
		require.Equal(t, want, got.Result, got.Text)
		require.Contains(t, got.Text, name)
	}
}

// TestEqualNamesAreNotRepeated checks objects of other namespaces, kinds and groups, and documents without a name.
func TestEqualNamesAreNotRepeated(t *testing.T) {
	all, err := ReadManifests("files", strings.NewReader(`
{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}
---
{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: tools}}
---
{apiVersion: v1, kind: Secret, metadata: {name: a}}
---
{apiVersion: example.com/v1, kind: ConfigMap, metadata: {name: a}}
---
{apiVersion: v1, kind: ConfigMap, metadata: {generateName: a-}}
---
{apiVersion: v1, kind: ConfigMap, metadata: {generateName: a-}}
---
{apiVersion: apps/v1beta1, kind: Deployment, metadata: {name: a, namespace: default}}
---
{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}}
`))
	require.NoError(t, err)
	r := newRun(nil, Options{Namespace: "default", Manifests: all})
	require.Len(t, r.Manifests, 7)
	require.Equal(t, "apps/v1", r.Manifests[6].APIVersion)
	require.Equal(t, "more than once in the files, of which kubectl apply leaves the last: Deployment/a (2 times)",
		r.repeated(r.Manifests))
}
