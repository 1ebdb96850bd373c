package verify

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// starting is a cluster whose pod becomes ready after a number of lists of its pods.
type starting struct {
	*fake
	lists int // number of lists that still show it starting
}

func (s *starting) Get(ctx context.Context, at string, into any) error {
	if strings.Contains(at, "/pods?") {
		s.lists--
	}
	if s.lists == 0 {
		s.setReady(1, "True")
	}
	return s.fake.Get(ctx, at, into)
}

// setReady sets the number of ready pods of the Deployment, and the condition of its pod.
func (f *fake) setReady(replicas int, status string) {
	conditions := []any{object{"type": "Ready", "status": status}}
	for name, change := range map[string]object{
		"Deployment/openhands":     {"readyReplicas": replicas},
		"Pod/openhands-6d9f-x2kqp": {"conditions": conditions},
	} {
		at := f.find(name)
		f.objects[at] = merge(f.objects[at], object{"status": change}).(object)
	}
}

// startingCluster returns a cluster with a Deployment that rolls out.
func startingCluster(t *testing.T, lists int) *starting {
	t.Helper()
	f := healthy(t)
	f.setReady(0, "False")
	return &starting{f, lists}
}

func rolloutOf(t *testing.T, cluster Cluster, wait time.Duration) Result {
	t.Helper()
	rep, err := Run(t.Context(), cluster, Options{
		Namespace: "openhands", Names: []string{"deploy/openhands"}, Only: []string{"rollout"}, Wait: wait,
	})
	require.NoError(t, err)
	require.Len(t, rep.Workloads, 1)
	return rep.Workloads[0].Checks[0].Result
}

// TestWaitLooksAtThePodThatBecomesReady checks that the run reports the ready pod, not the state at its start.
func TestWaitLooksAtThePodThatBecomesReady(t *testing.T) {
	require.Equal(t, OK, rolloutOf(t, startingCluster(t, 3), 10*time.Second))
}

// TestWaitEnds checks that, without a wait or after it, a workload that does not run is checked as it is.
func TestWaitEnds(t *testing.T) {
	for _, wait := range []time.Duration{0, 5 * time.Millisecond} {
		require.NotEqual(t, OK, rolloutOf(t, startingCluster(t, -1), wait))
	}
}

// TestWaitIsInterrupted checks Ctrl-C.
func TestWaitIsInterrupted(t *testing.T) {
	ctx, stop := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer stop()
	o := Options{Namespace: "openhands", Names: []string{"deploy/openhands"}, Wait: time.Hour}
	_, err := Run(ctx, startingCluster(t, -1), o)
	require.ErrorIs(t, err, context.DeadlineExceeded)
}

// TestImage checks that nested containers use the given image, that none is built, and that the image stays if the
// daemon already had it.
func TestImage(t *testing.T) {
	const given = "registry.example.com/tools:1"
	o := Options{
		Namespace: "openhands", Names: []string{"deploy/openhands"}, Levels: []Level{Exec, Nested},
		Only: []string{"nested-run", "nested-mount"}, Image: given,
	}
	for name, there := range map[string]bool{"that the daemon has": true, "that is pulled": false} {
		t.Run(name, func(t *testing.T) {
			f := healthy(t)
			if there {
				f.answers.Exec = append([]answer{{In: "dind-daemon", Run: "docker image inspect " + given}}, f.answers.Exec...)
			}
			rep, err := Run(t.Context(), f, o)
			require.NoError(t, err)
			for _, one := range rep.Workloads[0].Checks {
				require.Equal(t, OK, one.Result, one.Text)
			}
			require.Equal(t, 0, f.count("sh -c set -e"), "no image is made")
			require.Positive(t, f.count("docker run", given))
			removed := 1
			if there {
				removed = 0
			}
			require.Equal(t, removed, f.count("docker image rm --force "+given))
		})
	}
}

// count returns the number of commands in the daemon's container that contain these words.
func (f *fake) count(line string, words ...string) int {
	n := 0
	for _, ran := range f.ran {
		rest, found := strings.CutPrefix(ran, "dind-daemon: "+line)
		for _, word := range words {
			found = found && strings.Contains(rest, word)
		}
		if found {
			n++
		}
	}
	return n
}

// TestObserversAreNotToBeConverted checks that an agent with the node's socket is left alone, by name and in files.
func TestObserversAreNotToBeConverted(t *testing.T) {
	socket := object{"name": "node", "hostPath": object{"path": "/var/run/docker.sock"}}
	for image, result := range map[string]Result{"gcr.io/datadoghq/agent:7": Skip, "docker:cli": Fail} {
		f := healthy(t)
		container := object{
			"name": "agent", "image": image, "volumeMounts": []any{object{"name": "node", "mountPath": "/var/run/docker.sock"}},
		}
		f.patch(t, map[string]any{
			"Pod/openhands-6d9f-x2kqp": nil,
			"Deployment/openhands": object{
				"metadata": object{"annotations": nil}, "spec": object{"template": object{"spec": object{
					"initContainers": nil, "containers": []any{container}, "volumes": []any{socket},
				}}},
			},
		})
		o := Options{Namespace: "openhands", Names: []string{"deploy/openhands"}, Only: []string{"skipped"}}
		require.Equal(t, result, outcomes(t, f, o)["skipped"].Result, image)

		o.Names, o.Manifests = nil, manifestsOf(t, f, map[string]any{})
		_, err := Run(t.Context(), f, o)
		require.Equal(t, result == Skip, err != nil, "%s: %v", image, err)
	}
}
