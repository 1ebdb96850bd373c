package convert

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

// dockerData is where a rootful daemon keeps its images.
const dockerData = "/var/lib/docker"

// noteDaemon says of a pod that it has its own daemon, if it has.
func (c *Conversion) noteDaemon(pod kube.Pod) {
	if daemon := daemonOf(pod); daemon.Exists() && c.targets(pod.Object()) {
		daemon.Info(report.Because(report.AlreadyDinD, "has a Docker daemon of its own: left alone"))
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

// whyDaemon is the sign by which a container runs a Docker daemon; "" where there is none.
func whyDaemon(pod kube.Pod, c kube.Container) string {
	if sign := RunsDaemon(c.Text("image"), c.Texts("command"), c.Texts("args")); sign != "" {
		return sign
	}
	if c.True("securityContext", "privileged") && keepsImages(pod, c) {
		return "is privileged, and has a volume of its own at " + dockerData
	}
	return ""
}

// RunsDaemon is the sign by which an image and its command line run a Docker daemon; "" where they do not. An image
// that has a daemon may be started with another command, as CI systems do that want only the client in it.
func RunsDaemon(image string, command, args []string) (sign string) {
	line := slices.Concat(command, args)
	switch text := strings.Join(line, " "); {
	case strings.Contains(text, "docker") && dockerd().MatchString(text):
		return "runs dockerd"
	case evidence.HasDaemon(image) && len(command) == 0 && !isProgram(line):
		return "runs the daemon of the image " + image
	}
	return ""
}

// keepsImages says whether a container has a folder for a daemon's images that is not that of the node's daemon.
func keepsImages(pod kube.Pod, c kube.Container) bool {
	return slices.ContainsFunc(c.Mounts(), func(m kube.Field) bool {
		node := socket.Normalize(pod.Volume(m.Text("name")).Text("hostPath", "path"))
		return socket.Normalize(m.Text("mountPath")) == dockerData && node != dockerData
	})
}

// isProgram is true of arguments that begin with a program, which the image's entrypoint then runs instead of dockerd.
func isProgram(args []string) bool { return len(args) > 0 && !strings.HasPrefix(args[0], "-") }

// HasDaemon says whether a pod runs a Docker daemon of its own.
func HasDaemon(pod kube.Pod) bool { return daemonOf(pod).Exists() }
