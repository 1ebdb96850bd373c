package verify

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// lostPods is a cluster that stops answering for pods when a Job was made.
type lostPods struct{ *fake }

func (c lostPods) Get(ctx context.Context, at string, into any) error {
	if strings.Contains(at, "/pods?labelSelector=job-name%3Ddindify-verify") {
		return errors.New("the server is gone")
	}
	return c.fake.Get(ctx, at, into)
}

// TestCanaryThatIsNotSeenIsNoFailure checks a run that loses the server, and one that is interrupted.
func TestCanaryThatIsNotSeenIsNoFailure(t *testing.T) {
	o := Options{
		Namespace: "openhands", Names: []string{"deploy/openhands"}, Levels: everyLevel, Only: []string{"canary-user"},
	}
	rep, err := Run(t.Context(), lostPods{healthy(t)}, o)
	require.NoError(t, err)
	require.Equal(t, Unknown, rep.Workloads[0].Checks[0].Result, rep.Workloads[0].Checks[0].Text)

	ctx, stop := context.WithCancel(t.Context())
	o.Progress = func(string) { stop() }
	f := healthy(t)
	f.Jobs["end"] = fakeJob{RunsOn: true}
	rep, err = Run(ctx, f, o)
	require.ErrorIs(t, err, context.Canceled)
	require.Equal(t, Unknown, rep.Workloads[0].Checks[0].Result, rep.Workloads[0].Checks[0].Text)
}
