package kube

// The runners of actions-runner-controller's group actions.summerwind.dev. Its controller builds their pods, with a
// container docker that runs a daemon unless fields of the runner say otherwise (v0.27.6,
// controllers/actions.summerwind.net/runner_controller.go, newRunnerPodWithContainerMode).

// RunnerDaemon is the field that lists the mounts of the container docker. It is the list of that container.
const RunnerDaemon = "dockerVolumeMounts"

const (
	runnerReason = "the controller builds the pod, and adds a Docker daemon by itself: remove the socket's volume and " +
		"its mounts, in " + RunnerDaemon + " too"
	runnerWithout = "the controller builds the pod, and adds no Docker daemon since dockerEnabled is false: remove that " +
		"field, the socket's volume, its mounts and DOCKER_HOST"
	runnerWithin = "the controller builds the pod, whose runner starts a Docker daemon itself " +
		"(dockerdWithinRunnerContainer): remove the socket's volume and its mounts"
	runnerOfHooks = "the controller builds the pod, and adds no Docker daemon in containerMode kubernetes: remove the " +
		"socket's volume and its mounts, and containerMode where jobs need Docker"
)

// ReportOnly returns why pods of the kind are never converted, with the way out; "" if they are.
func (p Pod) ReportOnly() string {
	if p.Location.runner == "" {
		return p.Location.ReportOnly
	}
	for _, runner := range p.root().follow(p.Location.runner) {
		switch {
		case runner.Text("containerMode") == "kubernetes":
			return runnerOfHooks
		case runner.True("dockerdWithinRunnerContainer"):
			return runnerWithin
		case runner.Get("dockerEnabled").Exists() && !runner.True("dockerEnabled"):
			return runnerWithout
		}
	}
	return runnerReason
}

// daemonOfRunner returns the container that the controller adds to a runner's pod, if it has mounts.
func (p Pod) daemonOfRunner() (c Container, ok bool) {
	if p.Location.shape != runnerShape {
		return c, false
	}
	mounts := p.Get(RunnerDaemon)
	return Container{mounts, RunnerDaemon}, mounts.Exists() && p.ReportOnly() == runnerReason
}
