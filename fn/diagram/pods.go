package diagram

import (
	"path"
	"slices"
	"strings"

	"github.com/boxp/dindify/fn/discover"
	"github.com/boxp/dindify/fn/journal"
	"github.com/boxp/dindify/fn/kube"
)

func sceneBefore(pod kube.Pod, uses []*discover.Use) *Scene {
	s := &Scene{Facts: facts(pod), Socket: path.Join("/", uses[0].HostPath, uses[0].Inside)}
	var others []Container
	for _, c := range pod.Containers() {
		read := container(pod, c)
		isClient := false
		for i, m := range c.Mounts() {
			if slices.ContainsFunc(uses, func(u *discover.Use) bool {
				return u.Mounted() && u.Container.Is(c.Field) && u.Mount.Is(m)
			}) {
				read.Mounts[i].Role, isClient = Node, true
			}
		}
		if !isClient {
			others = append(others, read)
			continue
		}
		read.Note = joined(read.Note, dockerClient)
		slices.SortStableFunc(read.Mounts, byRole)
		s.Containers = append(s.Containers, read)
	}
	s.Containers = append(s.Containers, others...)
	return s
}

// sceneAfter keeps the order of before, and puts added containers to the side.
func sceneAfter(pod kube.Pod, before *Scene) *Scene {
	s := &Scene{Facts: facts(pod), Socket: before.Socket}
	if !slices.Equal(before.Facts, s.Facts) && slices.Contains(before.Facts, onNode) {
		s.Facts = append([]string{"a network of its own"}, s.Facts...)
	}
	all := pod.Containers()
	daemon := all[slices.IndexFunc(all, isDaemon)]
	mirrored := volumesOf(daemon)
	for _, was := range before.Containers {
		i := slices.IndexFunc(all, func(c kube.Container) bool { return c.Name() == was.Name })
		if i < 0 {
			continue
		}
		read := container(pod, all[i])
		if slices.ContainsFunc(was.Mounts, func(m Mount) bool { return m.Role == Node }) {
			read = client(read, all[i], mirrored)
		}
		s.Containers = append(s.Containers, read)
	}
	s.Sidecars = append(s.Sidecars, readDaemon(pod, daemon))
	for _, c := range all {
		if journal.IsPruner(c) {
			s.Sidecars = append(s.Sidecars, connect(container(pod, c), c))
		}
	}
	return s
}

// client marks what a client shares with its daemon.
func client(read Container, c kube.Container, mirrored []string) Container {
	for i, m := range read.Mounts {
		if m.Role == Data && slices.Contains(mirrored, m.Volume) {
			read.Mounts[i].Role = Mirror
		}
	}
	read.Note = joined(read.Note, dockerClient)
	return connect(read, c)
}

const dockerClient = "Docker client"

func joined(notes ...string) string {
	return strings.Join(slices.DeleteFunc(notes, func(n string) bool { return n == "" }), ", ")
}

// connect adds the address by which a client without a shared socket reaches the daemon.
func connect(read Container, c kube.Container) Container {
	if address, isTCP := strings.CutPrefix(c.Env("DOCKER_HOST").Text("value"), "tcp://"); isTCP {
		read.Mounts = append(read.Mounts, Mount{Path: "tcp://" + address, Role: API})
	}
	slices.SortStableFunc(read.Mounts, byRole)
	return read
}

func readDaemon(pod kube.Pod, c kube.Container) Container {
	read := container(pod, c)
	for i, m := range read.Mounts {
		if m.Role == Data && !journal.IsOwnVolume(m.Volume) {
			read.Mounts[i].Role = Mirror
		}
	}
	if !c.True("securityContext", "privileged") {
		read.Note = joined(read.Note, "not privileged")
	}
	if address := listens(c); address != "" {
		read.Mounts = append(read.Mounts, Mount{Path: address, Role: API})
	}
	slices.SortStableFunc(read.Mounts, byRole)
	return read
}

// listens returns the address on which a daemon serves TCP: from its arguments, or else TLS on all addresses, the
// default of the image's entrypoint (docker-library/docker, dockerd-entrypoint.sh).
func listens(c kube.Container) string {
	for _, arg := range c.Texts("args") {
		if address, isTCP := strings.CutPrefix(arg, "--host=tcp://"); isTCP {
			return address
		}
	}
	if c.Env("DOCKER_TLS_CERTDIR").Text("value") != "" {
		return "port 2376, TLS"
	}
	return ""
}
