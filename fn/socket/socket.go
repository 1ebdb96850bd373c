// Package socket knows the sockets and folders that give a workload access to the node's container runtime.
package socket

import (
	"net/netip"
	"path"
	"strings"

	"github.com/boxp/dindify/fn/pattern"
)

// Runtime is the program that serves a socket.
type Runtime string

// The runtimes. A DinD sidecar can only replace Docker's API.
const (
	Docker     Runtime = "docker"
	Dockershim Runtime = "dockershim"
	CRIDockerd Runtime = "cri-dockerd"
	Containerd Runtime = "containerd"
	CRIO       Runtime = "cri-o"
	Podman     Runtime = "podman"
	DockerData Runtime = "docker data" // /var/lib/docker: not a socket, but the daemon's own state
	Pipe       Runtime = "docker on windows"
)

// Use is the access to a runtime by a path on the node.
type Use struct {
	Runtime Runtime
	Inside  string // path of the socket below a folder; "" if the path is the socket itself
}

// byName maps the file names of sockets, in any folder, to their runtimes.
var byName = map[string]Runtime{
	"docker.sock": Docker, "dockershim.sock": Dockershim, "cri-dockerd.sock": CRIDockerd,
	"containerd.sock": Containerd, "crio.sock": CRIO, "podman.sock": Podman,
	"docker.sock.raw": Docker, "docker.proxy.sock": Docker, // Docker Desktop
}

// byPipe maps the last parts of the names of Windows pipes to their runtimes.
var byPipe = map[string]Runtime{"docker_engine": Pipe, "containerd-containerd": Containerd}

// userRun matches the folder of a user, which holds the sockets of rootless daemons, or Podman's folder in it.
var userRun = pattern.Lazy(`^/run/user/\d+(/podman)?$`)

// byDir maps the folders that hold a runtime's socket on a usual node to its path below them. /var is not one: its
// run is a link to /run, which is outside of the mount.
var byDir = map[string]Use{
	"/":               {Docker, "var/run/docker.sock"},
	"/run":            {Docker, "docker.sock"},
	"/run/containerd": {Containerd, "containerd.sock"},
	// If dockerd starts its own containerd, its socket is below the daemon's exec root (moby daemon/config: ExecRoot).
	"/run/docker":              {Containerd, "containerd/containerd.sock"},
	"/run/docker/containerd":   {Containerd, "containerd.sock"},
	"/run/k3s":                 {Containerd, "containerd/containerd.sock"},
	"/run/k3s/containerd":      {Containerd, "containerd.sock"},
	"/run/k0s":                 {Containerd, "containerd.sock"},
	"/run/user":                {Docker, "1000/docker.sock"}, // of the first user
	"/run/crio":                {CRIO, "crio.sock"},
	"/run/podman":              {Podman, "podman.sock"},
	"/var/lib/docker":          {DockerData, ""},
	"/var/snap/docker/current": {DockerData, ""},

	"/var/snap/microk8s/common":     {Containerd, "run/containerd.sock"},
	"/var/snap/microk8s/common/run": {Containerd, "containerd.sock"},
}

// Find returns how a path on the node gives access to a runtime; ok is false if it does not.
func Find(hostPath string) (u Use, ok bool) {
	hostPath = strings.TrimSpace(hostPath)
	if _, pipe, is := strings.Cut(strings.ToLower(strings.ReplaceAll(hostPath, "/", `\`)), `\pipe\`); is {
		r, found := byPipe[pipe]
		return Use{Runtime: r}, found
	}
	p := onNode(Normalize(hostPath))
	if r, found := byName[path.Base(p)]; found {
		return Use{Runtime: r}, true
	}
	if strings.HasPrefix(p, "/run/user/") && userRun().MatchString(p) {
		if path.Base(p) == "podman" {
			return Use{Podman, "podman.sock"}, true
		}
		return Use{Docker, "docker.sock"}, true
	}
	u, ok = byDir[p]
	return u, ok
}

// onNode returns the path without the root folder of the node's first process, which is that of the node (proc(5)).
func onNode(p string) string {
	if below, ok := strings.CutPrefix(p, "/proc/1/root"); ok && (below == "" || below[0] == '/') {
		return Normalize("/" + below)
	}
	return p
}

// Below returns the path on the node that a mount of a volume shows: its subPath, or the whole volume.
func Below(hostPath, subPath, subPathExpr string) string {
	if subPath == "" {
		subPath = subPathExpr
		if strings.Contains(subPath, "$(") {
			return hostPath // known only in the running pod: assume the whole volume
		}
	}
	if hostPath == "" || subPath == "" {
		return hostPath
	}
	return path.Join(hostPath, subPath)
}

// Normalize returns the shortest spelling of a path on a Linux node, where /var/run is a link to /run. It drops white
// space around the path, such as the end of a block scalar: no runtime has a path that begins or ends so.
func Normalize(p string) string {
	if p = strings.TrimSpace(p); p == "" {
		return ""
	}
	if p[0] != '/' {
		p = "/" + p
	}
	p = path.Clean(p) // which makes no copy of a clean path
	if p == "/var/run" || strings.HasPrefix(p, "/var/run/") {
		p = strings.TrimPrefix(p, "/var")
	}
	return p
}

// IsBelow reports whether a path is a folder or in it. Both must be clean.
func IsBelow(p, folder string) bool {
	return p == folder || strings.HasPrefix(p, strings.TrimSuffix(folder, "/")+"/")
}

// IsLoopback reports whether the host of an address is the loopback, as Docker's client and dockerd read it: without a
// host it is.
func IsLoopback(host string) bool {
	ip, err := netip.ParseAddr(host)
	return host == "" || strings.EqualFold(host, "localhost") || err == nil && ip.Unmap().IsLoopback()
}
