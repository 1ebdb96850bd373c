package verify

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// hourly adds a CronJob with the template of the healthy Deployment.
func (f *fake) hourly(t *testing.T, spec, status object) {
	t.Helper()
	template := f.objects[f.find("Deployment/openhands")]["spec"].(object)["template"]
	spec["jobTemplate"] = object{"spec": object{"template": template}}
	f.add(t, object{
		"apiVersion": "batch/v1", "kind": "CronJob", "metadata": object{"name": "hourly", "namespace": "openhands"},
		"spec": spec, "status": status,
	})
}

// TestCronJobWithoutAPod checks that how the last run ended is told, and that no run is no success.
func TestCronJobWithoutAPod(t *testing.T) {
	for name, c := range map[string]struct {
		spec, status object
		newest       string // condition of its newest Job
		want         Result
		says         string
	}{
		"never run": {object{}, object{}, "", Unknown, "has not run yet"},
		"suspended": {object{"suspend": true}, object{}, "", Unknown, "is suspended"},
		"failed":    {object{}, object{}, "Failed", Fail, "the newest Job hourly-1 failed: too often"},
		"completed": {object{}, object{}, "Complete", OK, "has completed"},
		"started":   {object{}, object{}, "Suspended", Unknown, "no pod yet"},
		"removed": {
			object{},
			object{"lastScheduleTime": "2026-01-02T00:00:00Z"},
			"", Fail, "did not succeed",
		},
	} {
		t.Run(name, func(t *testing.T) {
			f := healthy(t)
			f.hourly(t, c.spec, c.status)
			if c.newest != "" {
				owner := object{"apiVersion": "batch/v1", "kind": "CronJob", "name": "hourly", "controller": true}
				f.add(t, object{
					"apiVersion": "batch/v1", "kind": "Job", "metadata": object{
						"name": "hourly-1", "namespace": "openhands", "ownerReferences": []any{owner},
					}, "status": object{"conditions": []any{
						object{"type": c.newest, "status": "True", "message": "too often"},
					}},
				})
			}
			got := rolloutFinding(t, f, "cronjob/hourly")
			require.Equal(t, c.want, got.Result, got.Text)
			require.Contains(t, got.Text, c.says)
			require.Equal(t, c.want != OK, got.Hint != "")
		})
	}
}

// TestPodThatHasEnded checks bare pods: a completed one is no failure, and an evicted one has its reason.
func TestPodThatHasEnded(t *testing.T) {
	for phase, want := range map[string]Result{"Succeeded": OK, "Failed": Fail} {
		f := healthy(t)
		status := object{"phase": phase, "conditions": []any{object{"type": "Ready", "status": "False"}}}
		if phase == "Failed" {
			status["reason"], status["message"] = "Evicted", "The node was low on resource: memory."
		}
		f.add(t, f.podLike("bare", object{}, object{"status": status}))
		got := rolloutFinding(t, f, "pod/bare")
		require.Equal(t, want, got.Result, got.Text)
		if want == Fail {
			require.Contains(t, got.Text, "Evicted: The node was low on resource: memory.")
		} else {
			require.Contains(t, got.Text, "has completed")
		}
	}
}

// TestJobWhosePodHasEnded checks that a Job between two tries has not "no pod yet".
func TestJobWhosePodHasEnded(t *testing.T) {
	f := healthy(t)
	template := f.objects[f.find("Deployment/openhands")]["spec"].(object)["template"]
	labels := object{"job-name": "once"}
	f.add(t, object{
		"apiVersion": "batch/v1", "kind": "Job", "metadata": object{"name": "once", "namespace": "openhands"},
		"spec": object{"selector": object{"matchLabels": labels}, "template": template},
	})
	ended := object{"terminated": object{"exitCode": 3, "reason": "Error"}, "running": nil}
	f.add(t, f.podLike("once-1", labels, object{"status": object{
		"phase": "Failed", "containerStatuses": object{"openhands": object{"state": ended}},
	}}))
	got := rolloutFinding(t, f, "job/once")
	require.Equal(t, Unknown, got.Result, got.Text)
	require.Contains(t, got.Text, "once-1 has failed: openhands ended with 3 (Error)")
}
