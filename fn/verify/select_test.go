package verify

import (
	"bytes"
	"encoding/json"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
)

// TestNoWorkloadIsNotClaimedUnseen checks that a user who may list nothing is not told that there is nothing, and that
// a namespace that is not there is said.
func TestNoWorkloadIsNotClaimedUnseen(t *testing.T) {
	f := healthy(t)
	f.allow = &[]string{}
	_, err := Run(t.Context(), f, Options{Namespace: "openhands"})
	require.ErrorContains(t, err, "it is not known which workloads in namespace openhands")
	require.NotContains(t, err.Error(), "no workload in")

	_, err = Run(t.Context(), healthy(t), Options{Namespace: "nope"})
	require.ErrorContains(t, err, "namespace nope does not exist")
	_, err = Run(t.Context(), healthy(t), Options{Namespace: "nope", Names: []string{"deploy/openhands"}})
	require.ErrorContains(t, err, "namespace nope does not exist")
}

// TestObjectWithoutANameIsNotCompared checks a Job with generateName in the files: the list of all Jobs is not taken
// for the object.
func TestObjectWithoutANameIsNotCompared(t *testing.T) {
	f := healthy(t)
	template := f.objects[f.find("Deployment/openhands")]["spec"].(object)["template"]
	raw, err := json.Marshal(object{
		"apiVersion": "batch/v1", "kind": "Job", "metadata": object{"generateName": "once-"},
		"spec": object{"template": template},
	})
	require.NoError(t, err)
	files, err := ReadManifests("files", bytes.NewReader(raw))
	require.NoError(t, err)

	for id, got := range outcomes(t, f, Options{Namespace: "openhands", Manifests: files, Levels: []Level{Exec}}) {
		require.NotEqual(t, Fail, got.Result, "%s: %s", id, got.Text)
		if id == "rollout" {
			require.Equal(t, Unknown, got.Result)
			require.Contains(t, got.Text, "no metadata.name")
		}
	}
	got := outcomes(t, f, Options{Namespace: "openhands", Manifests: files, Pre: true})["apply"]
	require.Contains(t, got.Text, "kubectl create takes generateName")
}

// TestUnreachable checks that a cluster which refuses the user is not one that does not answer.
func TestUnreachable(t *testing.T) {
	require.ErrorContains(t, unreachable(apierrors.NewUnauthorized("Unauthorized")), "log in again: Unauthorized")
	require.ErrorContains(t, unreachable(forbidden("x")), "the cluster does not tell its version")
	require.ErrorContains(t, unreachable(errors.New("refused")), "no answer from the cluster: refused")
}
