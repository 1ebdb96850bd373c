package verify

import (
	"maps"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// podLike returns a copy of the pod of the healthy cluster with another name.
func (f *fake) podLike(name string, labels, change object) object {
	pod := maps.Clone(f.objects[f.find("Pod/openhands-6d9f-x2kqp")])
	meta := maps.Clone(pod["metadata"].(object))
	meta["name"], meta["labels"] = name, labels
	delete(meta, "ownerReferences")
	pod["metadata"] = meta
	return merge(pod, change).(object)
}

func rolloutFinding(t *testing.T, f *fake, name string) Outcome {
	t.Helper()
	return outcomes(t, f, Options{Namespace: "openhands", Names: []string{name}, Only: []string{"rollout"}})["rollout"]
}

// TestPodOfAJobIsNotReady checks that the pod of a Job is only called ready if it is.
func TestPodOfAJobIsNotReady(t *testing.T) {
	for status, want := range map[string]Result{"True": OK, "False": Fail} {
		f := healthy(t)
		template := f.objects[f.find("Deployment/openhands")]["spec"].(object)["template"]
		labels := object{"job-name": "once"}
		f.add(t, object{
			"apiVersion": "batch/v1", "kind": "Job", "metadata": object{"name": "once", "namespace": "openhands"},
			"spec": object{"selector": object{"matchLabels": labels}, "template": template},
		})
		change := object{"status": object{"conditions": []any{object{"type": "Ready", "status": status}}}}
		if status == "False" {
			waiting := object{"running": nil, "waiting": object{"reason": "ImagePullBackOff"}}
			change["status"].(object)["initContainerStatuses"] = object{"dind-daemon": object{"state": waiting}}
		}
		f.add(t, f.podLike("once-1", labels, change))
		got := rolloutFinding(t, f, "job/once")
		require.Equal(t, want, got.Result, got.Text)
		if want == Fail {
			require.Contains(t, got.Text, "pod once-1 is not ready: dind-daemon waits: ImagePullBackOff")
			require.NotContains(t, got.Text, "newest template", "a Job has no versions of its template")
		}
	}
}

// TestHintNamesThePodThatIsNotReady checks the command of the hint where another pod is ready.
func TestHintNamesThePodThatIsNotReady(t *testing.T) {
	f := healthy(t)
	of := f.objects[f.find("Pod/openhands-6d9f-x2kqp")]["metadata"].(object)
	pod := f.podLike("openhands-zz", of["labels"].(object), object{"status": object{
		"conditions":        []any{object{"type": "Ready", "status": "False"}},
		"containerStatuses": object{"openhands": object{"state": object{"waiting": object{"reason": "PodInitializing"}}}},
	}})
	pod["metadata"].(object)["ownerReferences"] = of["ownerReferences"]
	f.add(t, pod)
	f.patch(t, map[string]any{"Deployment/openhands": object{"status": object{"replicas": 2, "readyReplicas": 1}}})
	got := rolloutFinding(t, f, "deploy/openhands")
	require.Contains(t, got.Text, "pod openhands-zz is not ready")
	require.Contains(t, got.Hint, "kubectl logs -n openhands openhands-zz -c dind-daemon")
}

// TestWorkloadsShareTheTimeToWait checks that a run does not wait for each of its workloads in turn.
func TestWorkloadsShareTheTimeToWait(t *testing.T) {
	f := healthy(t)
	waits := object{"status": object{"conditions": []any{object{"type": "Ready", "status": "False"}}}}
	names := []string{"a", "b", "c", "d", "e", "f"}
	for i, name := range names {
		f.add(t, f.podLike(name, object{}, waits))
		names[i] = "pod/" + name
	}
	began := time.Now()
	o := Options{Namespace: "openhands", Names: names, Only: []string{"rollout"}, Wait: time.Second / 2}
	require.Equal(t, Fail, outcomes(t, f, o)["rollout"].Result)
	require.Less(t, time.Since(began), 2*time.Second)
}
