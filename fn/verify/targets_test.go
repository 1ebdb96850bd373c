package verify

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestArgumentsAreReadAsKubectlDoes checks names of kinds in all their forms, and a kind before its names.
func TestArgumentsAreReadAsKubectlDoes(t *testing.T) {
	for args, want := range map[string]string{
		"deployments/a":              "Deployment/a",
		"deployment/a":               "Deployment/a",
		"Deployment/a":               "Deployment/a",
		"deploy/a":                   "Deployment/a",
		"deploy.apps/a":              "Deployment/a",
		"deployments.apps/a":         "Deployment/a",
		"deployments.v1.apps/a":      "Deployment/a",
		"sts/a ds/b rs/c":            "StatefulSet/a DaemonSet/b ReplicaSet/c",
		"po/a pods/b pods.v1./c":     "Pod/a Pod/b Pod/c",
		"cj/a job/b jobs.batch/c":    "CronJob/a Job/b Job/c",
		"rc/a":                       "ReplicationController/a",
		"deploy a b":                 "Deployment/a Deployment/b",
		"deploy/a deployment/a":      "Deployment/a",
		"deploy a a":                 "Deployment/a",
		"replicationcontrollers a.b": "ReplicationController/a.b",
	} {
		all, err := parseTargets(strings.Fields(args))
		require.NoError(t, err, args)
		got := make([]string, len(all))
		for i, one := range all {
			got[i] = one.String()
		}
		require.Equal(t, want, strings.Join(got, " "), args)
	}
}

func TestWrongArguments(t *testing.T) {
	for args, want := range map[string]string{
		"a":                              "a: must be KIND/NAME",
		"deploy":                         "deploy needs a name: deploy/NAME",
		"deploy/":                        "must be KIND/NAME",
		"deploy/a/b":                     "must be KIND/NAME",
		"/a":                             "must be KIND/NAME",
		"deploy a sts/b":                 "deploy/sts/b: must be KIND/NAME",
		"deploy/a b":                     "b: must be KIND/NAME",
		"jobs.batch.volcano.sh/a":        "must be KIND/NAME",
		"deployments.v1beta1.apps/a":     "must be KIND/NAME",
		"services/a configmaps/b deploy": "configmaps/b: must be KIND/NAME",
	} {
		_, err := Run(t.Context(), healthy(t), Options{Namespace: "openhands", Names: strings.Fields(args)})
		require.ErrorContains(t, err, want, args)
	}
}

// TestKindsOfOtherGroupsAreNotWorkloads checks objects and owners whose kind has the name of a workload's: a Job of
// Volcano is not read at batch/v1, and its pods are checked by themselves.
func TestKindsOfOtherGroupsAreNotWorkloads(t *testing.T) {
	for kind, want := range map[string]bool{
		"apps/v1 Deployment": true, "extensions/v1beta1 Deployment": true, "batch/v1beta1 CronJob": true, "v1 Pod": true,
		"batch.volcano.sh/v1alpha1 Job": false, "apps.kruise.io/v1beta1 StatefulSet": false, "v1 Deployment": false,
		"apps/v1 deployment": false,
	} {
		version, name, _ := strings.Cut(kind, " ")
		_, known := kindOfObject(version, name)
		require.Equal(t, want, known, kind)
	}
	f := healthy(t)
	owner := object{"apiVersion": "batch.volcano.sh/v1alpha1", "kind": "Job", "name": "v", "uid": "9", "controller": true}
	f.patch(t, map[string]any{"Pod/openhands-6d9f-x2kqp": object{"metadata": object{"ownerReferences": []any{owner}}}})
	rep, err := Run(t.Context(), f, Options{Namespace: "openhands", Only: []string{"restarts"}})
	require.NoError(t, err)
	require.Len(t, rep.Workloads, 2)
	require.Equal(t, "Pod/openhands/openhands-6d9f-x2kqp", rep.Workloads[1].Ref)
}

// TestReplicationControllerIsAWorkload checks the selector, which has no matchLabels there.
func TestReplicationControllerIsAWorkload(t *testing.T) {
	f := healthy(t)
	at := f.find("Deployment/openhands")
	template := f.objects[at]["spec"].(object)["template"]
	f.patch(t, map[string]any{
		"ReplicationController/old": object{
			"apiVersion": "v1", "kind": "ReplicationController", "metadata": object{"name": "old", "namespace": "openhands"},
			"spec":   object{"replicas": 1, "selector": object{"app": "openhands"}, "template": template},
			"status": object{"replicas": 1, "readyReplicas": 1},
		},
	})
	o := Options{Namespace: "openhands", Names: []string{"rc/old"}, Levels: []Level{Exec}, Only: []string{"rollout"}}
	rep, err := Run(t.Context(), f, o)
	require.NoError(t, err)
	require.Equal(t, "openhands-6d9f-x2kqp", rep.Workloads[0].Pod)
	require.Equal(t, OK, rep.Workloads[0].Checks[0].Result, rep.Workloads[0].Checks[0].Text)
}
