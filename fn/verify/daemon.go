package verify

import (
	"path"
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"

	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/discover"
	"github.com/boxp/dindify/fn/journal"
)

// engineOf is a pod's Docker daemon and the containers that use it.
type engineOf struct {
	Daemon  *corev1.Container
	Sidecar bool // the daemon is an init container with restartPolicy Always
	Pruner  *corev1.Container
	Clients []*corev1.Container
}

// findEngine finds the daemon of a pod, added by dindify or by hand; Daemon is nil if there is none.
func findEngine(pod *corev1.PodSpec) engineOf {
	var e engineOf
	for i := range pod.InitContainers {
		c := &pod.InitContainers[i]
		switch {
		case c.Name == journal.PrunerContainer:
			e.Pruner = c
		case e.Daemon == nil && isDaemon(c):
			e.Daemon, e.Sidecar = c, c.RestartPolicy != nil && *c.RestartPolicy == corev1.ContainerRestartPolicyAlways
		}
	}
	for i := range pod.Containers {
		if c := &pod.Containers[i]; e.Daemon == nil && isDaemon(c) {
			e.Daemon = c
		}
	}
	if e.Daemon == nil {
		return e
	}
	var others []*corev1.Container
	for i := range pod.Containers {
		if c := &pod.Containers[i]; c != e.Daemon {
			others = append(others, c)
			if e.isClient(c) {
				e.Clients = append(e.Clients, c)
			}
		}
	}
	if len(e.Clients) == 0 && len(others) == 1 {
		e.Clients = others
	}
	return e
}

func isDaemon(c *corev1.Container) bool {
	return discover.RunsDaemon(c.Image, c.Command, c.Args) != ""
}

// byEntrypoint reports whether the image's entrypoint completes the daemon's command line: with no arguments, or only
// flags, it adds an address on all interfaces (docker-library/docker, dockerd-entrypoint.sh).
func byEntrypoint(daemon *corev1.Container) bool {
	line := slices.Concat(daemon.Command, daemon.Args)
	if len(line) > 0 && path.Base(line[0]) == "dockerd-entrypoint.sh" {
		line = line[1:]
	}
	return len(line) == 0 || strings.HasPrefix(line[0], "-")
}

// makesCertificates reports whether that entrypoint makes certificates, and has clients verified by them. The image
// sets the variable.
func makesCertificates(daemon *corev1.Container) bool {
	for _, v := range daemon.Env {
		if v.Name == "DOCKER_TLS_CERTDIR" {
			return v.Value != "" || v.ValueFrom != nil
		}
	}
	return true
}

// flagsOf returns the values of a dockerd flag in a container's arguments, also in those of a shell.
func flagsOf(daemon *corev1.Container, names ...string) []string {
	line := strings.Join(slices.Concat(daemon.Command, daemon.Args), " ")
	return config.FlagValues(strings.FieldsFunc(line, func(r rune) bool { return strings.ContainsRune(" \t\n\"'", r) }),
		names...)
}

// isClient recognizes a client by DOCKER_HOST, or by a mount of the volume that holds the daemon's socket.
func (e *engineOf) isClient(c *corev1.Container) bool {
	if envOf(c, "DOCKER_HOST") != "" {
		return true
	}
	return slices.ContainsFunc(c.VolumeMounts, func(m corev1.VolumeMount) bool { return e.isSocketVolume(m.Name) })
}

// isSocketVolume reports whether the daemon creates its socket in a volume.
func (e *engineOf) isSocketVolume(name string) bool {
	for _, m := range e.Daemon.VolumeMounts {
		if m.Name != name {
			continue
		}
		for _, socket := range e.sockets() {
			if path.Dir(socket) == path.Clean(m.MountPath) || normalRun(path.Dir(socket)) == normalRun(m.MountPath) {
				return true
			}
		}
	}
	return false
}

// sockets returns the paths at which the daemon creates its socket.
func (e *engineOf) sockets() []string {
	found := []string{"/var/run/docker.sock"}
	for _, word := range slices.Concat(e.Daemon.Command, e.Daemon.Args) {
		if _, at, isUnix := strings.Cut(word, "unix://"); isUnix {
			found = append(found, at)
		}
	}
	return found
}

// normalRun maps /var/run and /run to one path: they are one directory in most images.
func normalRun(p string) string {
	p = path.Clean(p)
	if rest, under := strings.CutPrefix(p, "/var/run"); under && (rest == "" || rest[0] == '/') {
		return "/run" + rest
	}
	return p
}

func envOf(c *corev1.Container, name string) string {
	for _, v := range c.Env {
		if v.Name == name {
			return v.Value
		}
	}
	return ""
}

// endpoint returns the address at which a client expects its daemon: its DOCKER_HOST, or Docker's default.
func endpoint(c *corev1.Container) string {
	if host := envOf(c, "DOCKER_HOST"); host != "" {
		return host
	}
	return "unix:///var/run/docker.sock"
}

// socketOf returns the path of the socket that a client uses; ok is false if it uses TCP.
func socketOf(c *corev1.Container) (path string, ok bool) {
	return strings.CutPrefix(endpoint(c), "unix://")
}

// usesTLS reports whether a client uses certificates to reach its daemon.
func usesTLS(c *corev1.Container) bool { return envOf(c, "DOCKER_TLS_VERIFY") != "" }
