package convert

import (
	corev1 "k8s.io/api/core/v1"

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

// gate keeps the client from starting before the daemon answers. A socket file is no sign of that: dockerd makes it
// before it can serve (moby daemon/command/daemon.go), so docker is asked.
func gate(c *Conversion, _ *Client, s *sidecar) {
	if c.Daemon.Startup == config.PostStart {
		s.Lifecycle = &corev1.Lifecycle{PostStart: &corev1.LifecycleHandler{
			Exec: &corev1.ExecAction{Command: []string{"sh", "-c", waitForDaemon}},
		}}
		return
	}
	always := corev1.ContainerRestartPolicyAlways
	s.RestartPolicy = &always
	s.StartupProbe = &corev1.Probe{
		ProbeHandler:     corev1.ProbeHandler{Exec: &corev1.ExecAction{Command: []string{"docker", "info"}}},
		PeriodSeconds:    2,
		TimeoutSeconds:   5, // the default of 1 is too short under disk load
		FailureThreshold: 60,
	}
}
