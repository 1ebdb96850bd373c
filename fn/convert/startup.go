package convert

import (
	"github.com/boxp/dindify/fn/api"
	"github.com/boxp/dindify/fn/config"
)

// waitForDaemon is the hook of the design that started dindify. It gives up with the container: the kubelet kills a
// container whose hook does not end when the pod is deleted.
const waitForDaemon = `echo "Waiting for Docker daemon to be ready..."
until docker info; do
  echo "Docker daemon not ready yet, sleeping..."
  sleep 1
done
echo "Docker daemon is ready."
`

const probePeriod = 2 // seconds

// startupProbe keeps the client from starting before the daemon answers. A socket file is no sign of that: dockerd
// makes it before it can serve (moby daemon/command/daemon.go), so docker is asked.
func startupProbe(c *Conversion, _ *Client, s *sidecar) {
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
