package broken

import (
	"cmp"
	"net/url"
	"path"
	"slices"
	"strings"

	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/discover"
	"github.com/boxp/dindify/fn/engine"
	"github.com/boxp/dindify/fn/journal"
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
	case isUnix && !sharesSocket(client, daemon, file):
		broken(client.Field, "DOCKER_HOST is "+value+", which is not the socket of the pod's own daemon: remove the "+
			"patch that changes the variable, a mount, or the daemon's arguments")
	case !isUnix && !mayBeInPod(value):
		broken(host, "DOCKER_HOST is "+value+", which is not the pod's own daemon: remove the patch that changes it")
	case !isUnix:
		checkPort(client, daemon, value, broken)
	}
}

// sharesSocket reports whether the file is the daemon's socket: in a volume that both mount, and listened on.
func sharesSocket(client, daemon kube.Container, file string) bool {
	volume, inside := fileInVolume(client, socket.Normalize(file))
	return volume != "" && slices.ContainsFunc(hostsOf(daemon), func(host string) bool {
		file, isUnix := strings.CutPrefix(host, "unix://")
		own, at := fileInVolume(daemon, socket.Normalize(file))
		return isUnix && own == volume && at == inside
	})
}

// checkPort checks that the daemon listens on the port of an endpoint, with the certificates that the client reads.
func checkPort(client, daemon kube.Container, endpoint string, broken func(kube.Field, string)) {
	u, err := url.Parse(endpoint)
	if err != nil || strings.Contains(endpoint, "$(") {
		return
	}
	isThere := slices.ContainsFunc(hostsOf(daemon), func(host string) bool {
		return strings.HasPrefix(host, "tcp://") && strings.HasSuffix(host, ":"+u.Port())
	})
	own, certs := daemon.Env("DOCKER_TLS_CERTDIR").Text("value"), client.Env("DOCKER_CERT_PATH").Text("value")
	switch {
	case !isThere:
		broken(daemon.Field, "DOCKER_HOST of "+client.Name()+" is "+endpoint+", where the daemon does not listen: remove "+
			"the patch that changes the daemon's arguments or variables")
	case isRootlessDaemon(daemon) && u.Port() == engine.TCPPort &&
		!strings.Contains(daemon.Env("DOCKERD_ROOTLESS_ROOTLESSKIT_FLAGS").Text("value"), ":"+engine.TCPPort):
		broken(daemon.Field, "the rootless daemon does not publish port "+engine.TCPPort+" in the pod: remove the "+
			"patch that removes DOCKERD_ROOTLESS_ROOTLESSKIT_FLAGS")
	case u.Port() != engine.TLSPort:
	case client.Env("DOCKER_TLS_VERIFY").Text("value") == "":
		broken(client.Field, "lacks DOCKER_TLS_VERIFY, and the daemon accepts only TLS: remove the patch that removes it")
	default:
		volume, inside := fileInVolume(client, socket.Normalize(certs))
		there, at := fileInVolume(daemon, socket.Normalize(path.Join("/", cmp.Or(own, "certs"), "client")))
		if volume == "" || volume != there || inside != at {
			broken(client.Field, "the certificates in "+certs+" are not those of the daemon: remove the patch that changes "+
				"a mount of "+journal.CertsVolume)
		}
	}
}

// hostsOf returns the addresses that a daemon listens on: those of its arguments. The entrypoint of Docker's image adds
// its own if the arguments have only flags (docker-library/docker, dockerd-entrypoint.sh).
func hostsOf(daemon kube.Container) []string {
	line := daemon.CommandLine()
	hosts := config.FlagValues(line, config.HostFlags...)
	if len(line) > 0 && discover.IsProgram(line) {
		if len(hosts) == 0 {
			return []string{engine.DefaultSocket}
		}
		return hosts
	}
	own, port := engine.DefaultSocket, engine.TLSPort
	if isRootlessDaemon(daemon) {
		own = engine.RootlessSocket
	}
	if isEmptied(daemon.Env("DOCKER_TLS_CERTDIR")) {
		port = engine.TCPPort
	}
	return append(hosts, own, "tcp://0.0.0.0:"+port)
}

// fileInVolume returns the volume that a container's file is in, and its path there; no name if it is in none.
func fileInVolume(c kube.Container, file string) (volume, inside string) {
	longest := -1
	for _, m := range c.Mounts() {
		at := socket.Normalize(m.Text("mountPath"))
		if socket.IsBelow(file, at) && len(at) > longest {
			inside = path.Join("/", m.Text("subPath"), strings.TrimPrefix(file, at))
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
	return err == nil && socket.IsLoopback(u.Hostname())
}
