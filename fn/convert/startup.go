package convert

import (
	"github.com/boxp/dindify/fn/api"
	"github.com/boxp/dindify/fn/config"
)

// waitForDaemon is a hook that waits for the daemon. It needs no timeout: the kubelet kills a container whose hook is
// running when the pod is deleted.
const waitForDaemon = `echo "Waiting for Docker daemon to be ready..."
until docker info; do
  echo "Docker daemon not ready yet, sleeping..."
  sleep 1
done
echo "Docker daemon is ready."
`

const probePeriod = 2 // seconds

// startupProbe delays the client until the daemon answers. A socket file is not enough: dockerd creates it before it
// can serve (moby daemon/command/daemon.go), so the probe runs docker.
func startupProbe(c *converter, _ *Client, s *sidecar) {
	if c.Daemon.Startup == config.PostStart {
		s.Lifecycle = &api.Lifecycle{PostStart: &api.LifecycleHandler{
			Exec: &api.ExecAction{Command: []string{"sh", "-c", waitForDaemon}},
		}}
		return
	}
	s.RestartPolicy = new(api.ContainerRestartPolicyAlways)
	s.StartupProbe = &api.Probe{
		ProbeHandler:     api.ProbeHandler{Exec: &api.ExecAction{Command: []string{"docker", "info"}}},
		PeriodSeconds:    probePeriod,
		TimeoutSeconds:   5, // the default of 1 is too short under disk load
		FailureThreshold: int32((c.Daemon.StartupTimeoutSeconds + probePeriod - 1) / probePeriod),
	}
}
