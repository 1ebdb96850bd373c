package convert

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/boxp/dindify/fn/manifest"
	"github.com/boxp/dindify/fn/socket"
)

// Class is what a workload does with a container runtime.
type Class string

// Classes.
const (
	ClientClass   Class = "client"       // runs containers of its own: gets its own daemon
	CleanupClass  Class = "cleanup"      // prunes: cleans the new daemon instead
	ObserverClass Class = "observer"     // needs the node's containers: left alone
	DinDClass     Class = "already DinD" // has its own daemon: left alone
	UnsureClass   Class = "unsure"       // left alone until the annotation decides
	OtherRuntime  Class = "other"        // no Docker API: left alone
)

var prunes = regexp.MustCompile(`\bdocker\s+(system|image|images|container|volume|builder|network)\s+prune\b|\bdocker\s+(image\s+)?(rmi|rm)\b|docker-gc|docker-clean`)

// classify decides what a pod does with the sockets that it uses, and by what evidence. Wrong conversion is worse than
// none: a single sign that the node's own containers matter is enough to leave it alone.
//
//	annotation | signs of an observer | socket | prunes | class
//	true       | any                  | any    | any    | client
//	false      | any                  | any    | any    | unsure (left alone)
//	none       | yes                  | any    | no     | observer
//	none       | any                  | file   | yes    | cleanup
//	none       | no                   | dir    | no     | unsure
//	none       | no                   | file   | no     | client
func classify(pod manifest.Pod, uses []Use) (Class, string) {
	switch answer := annotation(pod); {
	case answer == "false":
		return UnsureClass, manifest.Convert + " is false"
	case !reaches(uses, socket.Docker):
		return OtherRuntime, "uses " + string(uses[0].Runtime) + ", which is not Docker's API"
	case answer == "true":
		return ClientClass, manifest.Convert + " is true"
	case answer != "":
		return UnsureClass, fmt.Sprintf("%s is %q, neither true nor false", manifest.Convert, answer)
	}
	if mountsNothing(uses) {
		return UnsureClass, "no container mounts the volume"
	}
	if line := pruning(uses); line != "" {
		return CleanupClass, "runs " + line
	}
	if signs := observing(pod, uses); len(signs) > 0 {
		return ObserverClass, strings.Join(signs, "; ")
	}
	if why := undecided(pod, uses); why != "" {
		return UnsureClass, why
	}
	return ClientClass, describeClient(uses)
}

// annotation is the user's word: on the object, or on the pod template.
func annotation(pod manifest.Pod) string {
	if a := pod.Object().Annotation(manifest.Convert); a != "" {
		return a
	}
	return pod.Template().Text("metadata", "annotations", manifest.Convert)
}

func reaches(uses []Use, r socket.Runtime) bool {
	for _, u := range uses {
		if u.Runtime == r {
			return true
		}
	}
	return false
}

func mountsNothing(uses []Use) bool {
	for _, u := range uses {
		if u.Mounted() && u.Runtime == socket.Docker {
			return false
		}
	}
	return true
}

func pruning(uses []Use) string {
	for _, u := range uses {
		if !u.Mounted() || u.Runtime != socket.Docker {
			continue
		}
		if line := prunes.FindString(strings.Join(u.Container.CommandLine(), " ")); line != "" {
			return line
		}
		if known := knownImage(u.Container.Text("image"), cleaners); known != "" {
			return "the image " + known
		}
	}
	return ""
}

// observing lists the signs that a workload needs the node's own containers.
func observing(pod manifest.Pod, uses []Use) []string {
	var signs []string
	if pod.Object().Kind() == "DaemonSet" {
		signs = append(signs, "a DaemonSet, one on every node")
	}
	if pod.True("hostPID") {
		signs = append(signs, "hostPID")
	}
	for _, c := range pod.Containers() {
		if known := knownImage(c.Text("image"), observers); known != "" {
			signs = append(signs, "image "+known)
		}
	}
	for _, u := range uses {
		switch {
		case u.Runtime != socket.Docker:
			signs = append(signs, fmt.Sprintf("uses %s too (%s)", u.Runtime, u.HostPath))
		case u.HostPath == "/":
			signs = append(signs, "mounts the node's root")
		case u.Mount.True("readOnly") && u.IsDirectory():
			signs = append(signs, "mounts "+u.HostPath+" read-only")
		}
	}
	return append(signs, nodeState(pod)...)
}

// nodeState lists the host paths of a pod that show the node, not data of the application's.
func nodeState(pod manifest.Pod) []string {
	var signs []string
	for _, v := range pod.Volumes() {
		switch p := socket.Normalize(v.Text("hostPath", "path")); {
		case p == "":
		case p == "/proc", p == "/sys", strings.HasPrefix(p, "/sys/fs/cgroup"), p == "/etc/docker",
			strings.HasPrefix(p, "/var/lib/docker"), p == "/var/lib/kubelet", p == "/var/log", p == "/run/runc", p == "/lib/modules":
			signs = append(signs, "mounts the node's "+p)
		}
	}
	return signs
}

// undecided says what keeps a workload with none of those signs from being taken for a client.
func undecided(pod manifest.Pod, uses []Use) string {
	if pod.Text("os", "name") == "windows" || pod.Text("nodeSelector", "kubernetes.io/os") == "windows" {
		return "a Windows pod, and DinD is for Linux"
	}
	for _, c := range pod.Containers() {
		if isDaemonImage(c.Text("image")) && c.True("securityContext", "privileged") && !isClientOf(c, uses) {
			return fmt.Sprintf("container %s runs a Docker daemon of its own beside the node's socket", c.Name())
		}
	}
	for _, u := range uses {
		if u.IsDirectory() && u.Runtime == socket.Docker {
			return fmt.Sprintf("mounts the directory %s, and what else it reads there is unknown", u.HostPath)
		}
		if u.Mount.True("readOnly") && !isKnownClient(pod) {
			return "mounts the socket read-only, as those do that only look at the node's containers"
		}
		if host := u.Container.Env("DOCKER_HOST"); host.Exists() && !ours(host, u) {
			return fmt.Sprintf("container %s has a DOCKER_HOST (%s) that is not this socket", u.Container.Name(), hostText(host))
		}
	}
	return ""
}

func isKnownClient(pod manifest.Pod) bool {
	for _, c := range pod.Containers() {
		if knownImage(c.Text("image"), clients) != "" {
			return true
		}
	}
	return false
}

func isClientOf(c manifest.Container, uses []Use) bool {
	for _, u := range uses {
		if u.Container.Is(c.Field) {
			return true
		}
	}
	return false
}

func describeClient(uses []Use) string {
	for _, u := range uses {
		if u.Mounted() {
			return fmt.Sprintf("%s; container %s, image %s, mounts the socket", u.Pod.Object().Kind(), u.Container.Name(), u.Container.Text("image"))
		}
	}
	return ""
}

// ours says whether a DOCKER_HOST names the socket that the container mounts.
func ours(host manifest.Field, u Use) bool {
	p, isUnix := strings.CutPrefix(host.Text("value"), "unix://")
	return isUnix && socket.Normalize(p) == socket.Normalize(u.SocketPath())
}

func hostText(host manifest.Field) string {
	if v := host.Text("value"); v != "" {
		return v
	}
	return "from elsewhere"
}
