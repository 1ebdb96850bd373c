package convert

import (
	"path"
	"slices"
	"strings"

	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/socket"
)

// mirrorRules decide which mounts of a client are not mirrored. Each reports why.
var mirrorRules = []struct {
	name  string
	skips func(*converter, *Client, candidate) bool
}{
	{"subPathExpr", skipExpressions},
	{"programs of the node", skipPrograms},
	{"devices", skipDevices},
	{"secrets", skipSecrets},
	{"files that are written later", skipLateFiles},
}

func skipExpressions(_ *converter, _ *Client, at candidate) bool {
	if at.mount.Text("subPathExpr") == "" {
		return false
	}
	at.mount.Warn(report.Because(report.MirrorSkipped, "its subPathExpr uses the client's variables, which the "+
		"daemon does not have: nested containers that mount %s find it empty", at.mount.Text("mountPath")))
	return true
}

// nodePrograms lists programs that people mount from the node because their image lacks docker.
var nodePrograms = []string{
	"docker", "docker-compose", "docker-buildx", "docker-init", "docker-proxy", "dockerd",
	"cli-plugins",
}

// skipPrograms skips docker programs of the node: the daemon has its own, and the client keeps the node's while
// it exists.
func skipPrograms(_ *converter, _ *Client, at candidate) bool {
	p := socket.Normalize(at.volume.Text("hostPath", "path"))
	if sub := at.mount.Text("subPath"); p != "" && sub != "" {
		p = path.Join(p, sub)
	}
	isProgram := strings.Contains(p, "bin/") || strings.Contains(p, "/libexec/") || strings.Contains(p, "/lib/docker/")
	if !isProgram || !slices.Contains(nodePrograms, path.Base(p)) {
		return false
	}
	at.mount.Warn(report.Because(report.NodeProgram,
		"the client runs %s of the node: when Docker is removed from the node, the kubelet creates an empty folder there "+
			"and every docker command fails; install docker in the image %s, and remove the mount",
		p, at.container.Text("image")))
	return true
}

// skipDevices skips devices: a privileged container has the node's devices without a mount.
func skipDevices(c *converter, _ *Client, at candidate) bool {
	p := socket.Normalize(at.volume.Text("hostPath", "path"))
	if !socket.IsBelow(p, "/dev") || socket.IsBelow(p, "/dev/shm") || p == "/dev/log" {
		return false
	}
	if c.Daemon.Isolation == config.Privileged {
		at.mount.Info(report.Because(report.NodeDevice, "the daemon is privileged and has %s without a mount", p))
	} else {
		at.mount.Warn(report.Because(report.NodeDevice, "the daemon cannot use %s of the node with spec.daemon.isolation "+
			"%s: nested containers that are given it fail; choose Privileged if they need it", p, c.Daemon.Isolation))
	}
	return true
}

// warnOfBlockDevices warns of a client's volumes in block mode: the daemon would need them in its own container.
func warnOfBlockDevices(container kube.Container) {
	for _, d := range container.Get("volumeDevices").Items() {
		d.Warn(report.Because(report.NodeDevice, "the daemon has no device at %s: nested containers that are given it "+
			"fail; mount the volume as a file system, or run what needs it in the client", d.Text("devicePath")))
	}
}
