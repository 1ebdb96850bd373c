package verify

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"time"
)

// slowStart is more than a daemon needs, and less than the 15 s for which dockerd waits when it listens on TCP without
// TLS (moby, cmd/dockerd/daemon.go: "Binding to IP address ... without --tlsverify").
const slowStart = 12 * time.Second

// startGap measures the time from the daemon's start to the client's. The kubelet reports whole seconds.
func startGap(_ context.Context, s *Subject) Finding {
	if s.Pod == nil || len(s.Clients) == 0 {
		return unknown("wait for a pod", "no pod of its newest template runs")
	}
	daemon, client := statusOf(s.Pod, s.Daemon.Name), statusOf(s.Pod, s.Clients[0].Name)
	switch {
	case daemon == nil || client == nil || daemon.State.Running == nil || client.State.Running == nil:
		return unknown("wait for the pod", "the daemon or the client does not run")
	case daemon.RestartCount > 0 || client.RestartCount > 0:
		return unknown("check again with a new pod", "a container was restarted since, so its first start is not known")
	}
	gap := client.State.Running.StartedAt.Sub(daemon.State.Running.StartedAt.Time)
	if gap >= slowStart {
		return warn("set spec.client.transport: Unix; dockerd waits 15 s on purpose when it listens on TCP without TLS",
			"the client started %.0f s after the daemon", gap.Seconds())
	}
	return ok("the client started %.0f s after the daemon", max(0, gap.Seconds()))
}

// restarts checks how often the daemon was restarted, and why.
func restarts(ctx context.Context, s *Subject) Finding {
	if s.Pod == nil {
		return unknown("wait for a pod", "no pod of its newest template runs")
	}
	status := statusOf(s.Pod, s.Daemon.Name)
	if status == nil {
		return unknown("wait for the pod", "the kubelet does not know the container %s yet", s.Daemon.Name)
	}
	last := status.LastTerminationState.Terminated
	switch {
	case last != nil && last.Reason == "OOMKilled":
		return fail("raise spec.daemon.resources.limits.memory",
			"the daemon was killed for its memory, %d restarts", status.RestartCount)
	case status.RestartCount > 0:
		text := ""
		if last != nil {
			text = cmp.Or(s.lastLogBeforeRestart(ctx, s.Pod.Name, s.Daemon.Name),
				fmt.Sprintf("it ended with %d (%s)", last.ExitCode, last.Reason))
		}
		return warn("read kubectl logs --previous -c "+s.Daemon.Name, "%s", strings.TrimSuffix(
			fmt.Sprintf("the daemon was restarted %d times; %s", status.RestartCount, text), "; "))
	}
	return ok("the daemon was never restarted")
}
