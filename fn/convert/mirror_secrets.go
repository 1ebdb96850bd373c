package convert

import (
	"slices"
	"strings"

	"github.com/boxp/dindify/fn/commands"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/socket"
)

// serviceAccountDir is where the API server's admission mounts a pod's token.
const serviceAccountDir = "/var/run/secrets/kubernetes.io/serviceaccount"

// skipSecrets skips a Secret, since every user of the daemon's socket could read it, unless the daemon needs it
// to reach registries, or the client's own command or the configuration uses it for nested containers.
func skipSecrets(c *converter, _ *Client, at candidate) bool {
	name, mountPath := at.mount.Text("name"), at.mount.Text("mountPath")
	switch {
	case !isSecret(at.volume), slices.Contains(c.Pod.MirrorInclude, name), isForRegistries(at),
		namesPath(at.container, mountPath):
		return false
	}
	why := report.Because(report.SecretNotMirrored,
		"is not mounted in the daemon, where every user of its socket could read it: nested containers that mount %s "+
			"find it empty; if they need it, list %s in spec.pod.mirrorInclude", mountPath, name)
	if socket.Normalize(mountPath) == socket.Normalize(serviceAccountDir) {
		at.mount.Info(why)
	} else {
		at.mount.Warn(why)
	}
	return true
}

// isSecret reports whether a volume holds secrets: a Secret, projected sources (including tokens), or a driver that
// fetches some.
func isSecret(volume kube.Field) bool {
	return volume.Get("secret").Exists() || volume.Get("projected").Exists() ||
		strings.Contains(volume.Text("csi", "driver"), "secrets-store")
}

// trustDirs lists the folders of a system's trusted certificates; dockerd reads them, and certs.d (moby
// daemon/pkg/registry).
var trustDirs = []string{"/etc/docker/certs.d", "/etc/ssl/certs", "/etc/pki", "/usr/local/share/ca-certificates"}

// isForRegistries reports whether a mount holds what is needed to reach a registry: certificates, or credentials.
func isForRegistries(at candidate) bool {
	p := socket.Normalize(at.mount.Text("mountPath"))
	if slices.ContainsFunc(trustDirs, func(dir string) bool { return socket.IsBelow(p, dir) }) ||
		strings.Contains(p+"/", "/.docker/") {
		return true
	}
	for _, item := range at.volume.Get("secret", "items").Items() {
		if key := item.Text("key"); key == ".dockerconfigjson" || key == ".dockercfg" {
			return true
		}
	}
	return false
}

// namesPath reports whether a container's own command names a path, or whether one of its variables has it in the form
// of a bind mount.
func namesPath(container kube.Container, mountPath string) bool {
	p := strings.TrimSuffix(mountPath, "/")
	if strings.Contains(commands.All(container), p) {
		return true
	}
	return slices.ContainsFunc(container.Get("env").Items(), func(v kube.Field) bool {
		return strings.Contains(v.Text("value"), p+":")
	})
}
