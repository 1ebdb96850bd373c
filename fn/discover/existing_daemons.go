package discover

import (
	"slices"
	"strings"

	"github.com/boxp/dindify/fn/evidence"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/pattern"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/socket"
)

var dockerd = pattern.Lazy(`(?:^|[\s/;&|"'])dockerd(?:-\S+)?(?:$|[\s;&|"'])`)

// DockerData is the data folder of a rootful daemon.
const DockerData = "/var/lib/docker"

// reportDaemon reports that a pod has its own daemon.
func (f *Finder) reportDaemon(pod kube.Pod) {
	if daemon := daemonOf(pod); daemon.Exists() && f.Selects(pod.Object()) {
		daemon.Info(report.Because(report.AlreadyDinD, "has its own Docker daemon: not converted"))
	}
}

func daemonOf(pod kube.Pod) kube.Container {
	for _, container := range pod.Containers() {
		if whyDaemon(pod, container) != "" {
			return container
		}
	}
	return kube.Container{}
}

// whyDaemon returns the sign that a container runs a Docker daemon, or "".
func whyDaemon(pod kube.Pod, c kube.Container) string {
	if sign := RunsDaemon(c.Text("image"), c.Texts("command"), c.Texts("args")); sign != "" {
		return sign
	}
	if c.True("securityContext", "privileged") && keepsImages(pod, c) {
		return "is privileged, and has its own volume at " + DockerData
	}
	return ""
}

// RunsDaemon returns the sign that an image with its command line runs a Docker daemon, or "". An image with a daemon
// may be started with another command: some CI systems use only its client.
func RunsDaemon(image string, command, args []string) (sign string) {
	line := slices.Concat(command, args)
	switch text := strings.Join(line, " "); {
	case strings.Contains(text, "docker") && dockerd().MatchString(text):
		return "runs dockerd"
	case evidence.HasDaemon(image) && len(command) == 0 && !IsProgram(line):
		return "runs the daemon of the image " + image
	}
	return ""
}

// keepsImages reports whether a container has a folder for a daemon's images that is not the node daemon's.
func keepsImages(pod kube.Pod, c kube.Container) bool {
	return slices.ContainsFunc(c.Mounts(), func(m kube.Field) bool {
		node := socket.Normalize(pod.Volume(m.Text("name")).Text("hostPath", "path"))
		return socket.Normalize(m.Text("mountPath")) == DockerData && node != DockerData
	})
}

// IsProgram reports whether the arguments begin with a program, which the image's entrypoint runs instead of dockerd.
func IsProgram(args []string) bool { return len(args) > 0 && !strings.HasPrefix(args[0], "-") }

// HasDaemon reports whether a pod runs its own Docker daemon.
func HasDaemon(pod kube.Pod) bool { return daemonOf(pod).Exists() }
