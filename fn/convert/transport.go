package convert

import (
	"fmt"

	"k8s.io/apimachinery/pkg/api/resource"

	"github.com/boxp/dindify/fn/api"
	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/engine"
	"github.com/boxp/dindify/fn/journal"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/socket"
)

const (
	socketFile  = "docker.sock"
	sharedDir   = "/run/dind"
	clientCerts = "/certs/client"
	// sharedSocket is in a separate folder: the default's folder holds the daemon's own state and stays private.
	sharedSocket = "unix://" + sharedDir + "/" + socketFile
)

// listen sets the daemon's addresses. With arguments that begin with "dockerd" the image's entrypoint runs exactly
// that command line; otherwise it opens 0.0.0.0:2375 or :2376 (docker-library/docker, dockerd-entrypoint.sh).
//
// Every daemon listens on engine.DefaultSocket: `docker run -v /var/run/docker.sock:…` mounts the file that is there
// for it.
func listen(c *converter, client *Client, s *sidecar) {
	switch c.Client.Transport {
	case config.Unix:
		s.setenv("DOCKER_TLS_CERTDIR", "")
		group := engine.Group
		if c.Daemon.Isolation == config.Rootless {
			group = 0 // in its user namespace, rootlessID outside
		}
		s.dockerd = append(s.dockerd, "dockerd", "--host="+engine.DefaultSocket, "--host="+sharedSocket,
			fmt.Sprintf("--group=%d", group))
		s.volume(api.Volume{Name: journal.SocketVolume, VolumeSource: memory(nil)}, sharedDir)
	case config.TCP:
		s.setenv("DOCKER_TLS_CERTDIR", "")
		s.dockerd = append(s.dockerd, "dockerd", "--host="+engine.DefaultSocket, "--host=tcp://127.0.0.1:2375",
			"--tls=false")
		c.warnOfDaemonPort(client, engine.TCPPort)
	case config.TLS:
		s.setenv("DOCKER_TLS_CERTDIR", "/certs")
		c.warnOfDaemonPort(client, engine.TLSPort)
		shareCertificates(client, s)
	}
	c.warnOfMetricsPort(client)
	if c.Daemon.Isolation == config.Rootless {
		listenRootless(c, s)
	}
}

// listenRootless adds what the network and mount namespaces of a rootless daemon need. Its /run, and so its
// engine.DefaultSocket, is a copy that the rest of its container does not see (rootlesskit --copy-up=/run): probes and
// kubectl exec need a socket in a folder that existed before.
func listenRootless(c *converter, s *sidecar) {
	switch c.Client.Transport {
	case config.Unix:
		s.setenv("DOCKER_HOST", sharedSocket)
	case config.TCP:
		s.setenv("DOCKER_HOST", engine.RootlessSocket)
		s.dockerd = append(s.dockerd, "--host="+engine.RootlessSocket)
		s.setenv("DOCKERD_ROOTLESS_ROOTLESSKIT_FLAGS", "-p 127.0.0.1:2375:2375/tcp") // its 127.0.0.1 is not the pod's
	case config.TLS: // the entrypoint adds engine.RootlessSocket, and publishes the port
		s.setenv("DOCKER_HOST", engine.RootlessSocket)
		s.dockerd = append(s.dockerd, "--host="+engine.DefaultSocket)
	}
}

// shareCertificates shares the certificates that the image's entrypoint creates at each start with the client.
func shareCertificates(client *Client, s *sidecar) {
	limit := resource.MustParse("1Mi")
	s.volume(api.Volume{Name: journal.CertsVolume, VolumeSource: memory(&limit)}, clientCerts)
	for _, container := range client.socketContainers() {
		for _, m := range container.Mounts() {
			if socket.Normalize(m.Text("mountPath")) == clientCerts {
				m.Error(report.Because(report.NameTaken, "the certificates for the pod's daemon are mounted at %s: remove this "+
					"mount, or mount it elsewhere, or set spec.client.transport to Unix or TCP", clientCerts))
			}
		}
		container.Get("volumeMounts").Append(
			api.VolumeMount{Name: journal.CertsVolume, MountPath: clientCerts, ReadOnly: true},
			report.Because(report.VolumeAdded, "the client's certificates"))
	}
}

func memory(limit *resource.Quantity) api.VolumeSource {
	return api.VolumeSource{EmptyDir: &api.EmptyDirVolumeSource{Medium: api.StorageMediumMemory, SizeLimit: limit}}
}

// volume adds a volume to the pod, and mounts it in the daemon.
func (s *sidecar) volume(v api.Volume, at string) {
	s.volumes = append(s.volumes, v)
	s.mount(api.VolumeMount{Name: v.Name, MountPath: at})
}
