package convert

import (
	"net/url"
	"path"
	"slices"
	"strings"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/socket"
)

// checkEndpoint checks that DOCKER_HOST of a client, which the conversion set, still leads to the pod's own daemon.
func checkEndpoint(client, daemon kube.Container, broken func(kube.Field, string)) {
	host := client.Env("DOCKER_HOST")
	value := host.Text("value")
	file, isUnix := strings.CutPrefix(value, "unix://")
	switch {
	case !host.Exists():
		broken(client.Field, "the conversion set DOCKER_HOST, but the container no longer has it: remove the patch "+
			"that deletes it")
	case value == "":
		broken(host, "the conversion set DOCKER_HOST to the pod's own daemon, but it has another source now: remove the "+
			"patch that changes it")
	case isUnix && daemon.Exists() && !sharesSocket(client, daemon, file):
		broken(client.Field, "DOCKER_HOST is "+value+", which is not the socket of the pod's own daemon: remove the "+
			"patch that changes the variable, a mount, or the daemon's arguments")
	case !isUnix && !mayBeInPod(value):
		broken(host, "DOCKER_HOST is "+value+", which is not the pod's own daemon: remove the patch that changes it")
	}
}

// sharesSocket reports whether the file is the daemon's socket: in a volume that both mount, and listened on.
func sharesSocket(client, daemon kube.Container, file string) bool {
	volume, inside := fileInVolume(client, socket.Normalize(file))
	if volume == "" {
		return false
	}
	listened := slices.DeleteFunc(daemon.CommandLine(), func(word string) bool {
		return !strings.Contains(word, "unix://")
	})
	return slices.ContainsFunc(daemon.Mounts(), func(m kube.Field) bool {
		at := socket.Normalize(path.Join(m.Text("mountPath"), inside))
		return volume == m.Text("name") && (len(listened) == 0 || slices.ContainsFunc(listened, func(word string) bool {
			_, file, _ := strings.Cut(word, "unix://")
			return socket.Normalize(file) == at
		}))
	})
}

// fileInVolume returns the volume that a container's file is in, and its path there; no name if it is in none.
func fileInVolume(c kube.Container, file string) (volume, inside string) {
	longest := -1
	for _, m := range c.Mounts() {
		at := socket.Normalize(m.Text("mountPath"))
		if isBelow(file, at) && len(at) > longest {
			inside = path.Join(m.Text("subPath"), strings.TrimPrefix(file, at))
			volume, longest = m.Text("name"), len(at)
		}
	}
	return volume, inside
}

// mayBeInPod reports whether an endpoint is on the loopback, as far as its text tells.
func mayBeInPod(endpoint string) bool {
	if strings.Contains(endpoint, "$(") {
		return true
	}
	u, err := url.Parse(endpoint)
	return err == nil && isLoopback(u.Hostname())
}
