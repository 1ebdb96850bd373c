package discover

import (
	"fmt"
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/commands"
	"github.com/boxp/dindify/fn/evidence"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/socket"
)

// observerSigns lists the signs that a workload needs the node's own containers.
func observerSigns(pod kube.Pod, uses []*Use) []string {
	var signs []string
	if pod.Object().Kind() == "DaemonSet" {
		signs = append(signs, "a DaemonSet, one on every node")
	}
	if pod.True("hostPID") {
		signs = append(signs, "hostPID")
	}
	for _, u := range uses {
		known, ok := evidence.Of(u.Container.Text("image"))
		if ok && known.Kind == evidence.Observer && !known.Role.ReachedOnNode {
			signs = append(signs, describe(known))
		}
		switch {
		case !u.Mounted() && !u.Pod.InText():
		case u.Runtime != socket.Docker:
			signs = append(signs, fmt.Sprintf("also uses %s (%s)", u.Runtime, u.HostPath))
		case socket.Normalize(u.HostPath) == "/":
			signs = append(signs, "mounts the node's root")
		case u.Mount.True("readOnly") && u.IsDirectory():
			signs = append(signs, "mounts "+u.HostPath+" read-only")
		}
	}
	signs = append(signs, nodeSigns(pod, startClusters(uses))...)
	slices.Sort(signs)
	return slices.Compact(signs)
}

// nodeSigns lists the host paths of a pod that expose the node's state, not data of the application. A test cluster in
// containers needs some of them.
func nodeSigns(pod kube.Pod, startsCluster bool) []string {
	var signs []string
	for _, v := range pod.Volumes() {
		p := socket.Normalize(v.Text("hostPath", "path"))
		for _, s := range nodeState {
			if s.includes(p) && (!startsCluster || !s.forClusters) {
				signs = append(signs, "mounts the node's "+p)
			}
		}
	}
	return signs
}

// nodeState lists paths that expose the node's state. No two include the same path.
var nodeState = []statePath{
	{path: "/lib/modules", forClusters: true},
	{path: "/proc"},
	{path: "/run/runc"},
	{path: "/sys"},
	{path: "/sys/fs/cgroup", isPrefix: true, forClusters: true},
	{path: "/var/lib/docker", isPrefix: true},
	{path: "/var/lib/kubelet"},
	{path: "/var/log"},
}

type statePath struct {
	path     string
	isPrefix bool // of the paths that are meant
	// forClusters is true if the nodes of a test cluster need it: kind mounts the modules of the kernel in them
	// (kubernetes-sigs/kind pkg/cluster/internal/providers/docker/provision.go).
	forClusters bool
}

func (s statePath) includes(p string) bool {
	return p == s.path || s.isPrefix && strings.HasPrefix(p, s.path)
}

func startClusters(uses []*Use) bool {
	return slices.ContainsFunc(uses, func(u *Use) bool { return commands.StartsTestCluster(commands.All(u.Container)) })
}

func directorySigns(uses []*Use) []string {
	var signs []string
	for _, u := range uses {
		if u.IsDirectory() && u.Runtime == socket.Docker {
			signs = append(signs, fmt.Sprintf("mounts the directory %s, and what else it reads there is unknown", u.HostPath))
		}
	}
	return signs
}

// unsureVerdict returns why a workload without signs of an observer is still not assumed to be a client, or the zero
// verdict.
func (f *Finder) unsureVerdict(pod kube.Pod, uses []*Use) verdict {
	if pod.WindowsField().Exists() {
		return unsure(report.ClassUnsure, "a Windows pod, but DinD needs Linux")
	}
	for _, u := range uses {
		if known, ok := evidence.Of(u.Container.Text("image")); ok && known.Role.ReachedOnNode {
			return unsure(report.ClassUnsure, "%s", describe(known))
		}
	}
	if slices.ContainsFunc(uses, func(u *Use) bool { return u.Container.List == kube.RunnerDaemon }) {
		return unsure(report.ClassUnsure, "mounted in the container in which the controller starts a Docker daemon")
	}
	for _, container := range pod.Containers() {
		if why := whyDaemon(pod, container); why != "" && !isClientOf(container, uses) {
			return unsure(report.ClassUnsure, "container %s %s, beside the node's socket", container.Name(), why)
		}
	}
	if dirs := directorySigns(uses); len(dirs) > 0 {
		return unsure(report.SocketDirectory, "%s", dirs[0])
	}
	if command := needsExisting(uses); command != "" {
		return unsure(report.ClassUnsure, "runs %s, but starts no container that this could refer to", command)
	}
	for _, u := range uses {
		if u.Mount.True("readOnly") && !isKnownClient(pod) {
			return unsure(report.ClassUnsure, "mounts the socket read-only, as observers do")
		}
	}
	return f.foreignVerdict(pod, uses)
}

// foreignVerdict is the verdict on a workload that is configured with an endpoint which is not the node's socket, or
// the zero verdict.
func (f *Finder) foreignVerdict(pod kube.Pod, uses []*Use) verdict {
	looked := map[*yaml.Node]bool{} // containers
	for _, u := range uses {
		if !u.Mounted() || looked[u.Container.Node()] {
			continue
		}
		looked[u.Container.Node()] = true
		if foreign := f.Foreign(pod, u.Container, uses); len(foreign) > 0 {
			return unsure(report.DockerHostForeign, "container %s has %s", u.Container.Name(), foreign[0])
		}
	}
	return verdict{}
}

func isKnownClient(pod kube.Pod) bool {
	return slices.ContainsFunc(pod.Containers(), func(c kube.Container) bool {
		known, ok := evidence.Of(c.Text("image"))
		return ok && known.Kind == evidence.Client
	})
}

func isClientOf(c kube.Container, uses []*Use) bool {
	return slices.ContainsFunc(uses, func(u *Use) bool { return u.Mounted() && u.Container.Is(c.Field) })
}

// describe returns the evidence of a known image.
func describe(m evidence.Match) string {
	return fmt.Sprintf("image %s, which %s", strings.TrimPrefix(m.Name, "="), m.Role.Does)
}
