// Package socket knows the sockets and folders through which a workload reaches the node's container runtime.
package socket

import (
	"path"
	"strings"

	"github.com/boxp/dindify/fn/pattern"
)

// Runtime is what answers at a socket.
type Runtime string

// The runtimes. Only Docker's API can be served by a DinD sidecar instead.
const (
	Docker     Runtime = "docker"
	Dockershim Runtime = "dockershim"
	CRIDockerd Runtime = "cri-dockerd"
	Containerd Runtime = "containerd"
	CRIO       Runtime = "cri-o"
	Podman     Runtime = "podman"
	DockerData Runtime = "docker data" // /var/lib/docker: no socket, but the daemon's own state
	Pipe       Runtime = "docker on windows"
)

// Use is how a path on the node leads to a runtime.
type Use struct {
	Runtime Runtime
	Inside  string // path of the socket below a directory; "" where the path is the socket itself
}

// byName are the names that a runtime's socket has, wherever it stands.
var byName = map[string]Runtime{
	"docker.sock": Docker, "dockershim.sock": Dockershim, "cri-dockerd.sock": CRIDockerd,
	"containerd.sock": Containerd, "crio.sock": CRIO, "podman.sock": Podman,
	"docker.sock.raw": Docker, "docker.proxy.sock": Docker, // Docker Desktop
}

// byPipe are the last parts of the names of a Windows node's pipes.
var byPipe = map[string]Runtime{"docker_engine": Pipe, "containerd-containerd": Containerd}

var userRun = pattern.Lazy(`^/run/user/\d+$`) // holds the socket of a rootless daemon

// byDir are the folders that hold a runtime's socket on a usual node, and where below it stands. /var is none: its run
// is a link to /run, which leads out of a mount.
var byDir = map[string]Use{
	"/":               {Docker, "var/run/docker.sock"},
	"/run":            {Docker, "docker.sock"},
	"/run/containerd": {Containerd, "containerd.sock"},
	// Where dockerd starts a containerd of its own, its socket is below the daemon's exec root (moby daemon/config:
	// ExecRoot).
	"/run/docker":              {Containerd, "containerd/containerd.sock"},
	"/run/docker/containerd":   {Containerd, "containerd.sock"},
	"/run/k3s/containerd":      {Containerd, "containerd.sock"},
	"/run/crio":                {CRIO, "crio.sock"},
	"/run/podman":              {Podman, "podman.sock"},
	"/var/lib/docker":          {DockerData, ""},
	"/var/snap/docker/current": {DockerData, ""},
}

// Find says how a path on the node leads to a runtime; ok is false where it does not.
func Find(hostPath string) (u Use, ok bool) {
	if _, pipe, is := strings.Cut(strings.ToLower(strings.ReplaceAll(hostPath, "/", `\`)), `\pipe\`); is {
		r, found := byPipe[pipe]
		return Use{Runtime: r}, found
	}
	p := Normalize(hostPath)
	if r, found := byName[path.Base(p)]; found {
		return Use{Runtime: r}, true
	}
	if strings.HasPrefix(p, "/run/user/") && userRun().MatchString(p) {
		return Use{Docker, "docker.sock"}, true
	}
	u, ok = byDir[p]
	return u, ok
}

// Normalize is the shortest spelling of a path on a Linux node, where /var/run is a link to /run.
func Normalize(p string) string {
	if p == "" {
		return ""
	}
	if p[0] != '/' {
		p = "/" + p
	}
	p = path.Clean(p) // which makes no copy of what is clean
	if p == "/var/run" || strings.HasPrefix(p, "/var/run/") {
		p = strings.TrimPrefix(p, "/var")
	}
	return p
}
