package convert

import (
	"fmt"

	"k8s.io/apimachinery/pkg/api/resource"

	"github.com/boxp/dindify/fn/api"
	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/journal"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/socket"
)

const (
	socketFile  = "docker.sock"
	sharedDir   = "/run/dind"
	rootlessDir = "/run/user/1000"
	// rootlessData is the data folder of Docker's rootless image.
	rootlessData = "/home/rootless/.local/share/docker"
	clientCerts  = "/certs/client"
	// defaultSocket is the default of docker in the daemon's own container: probes and kubectl exec need no variable.
	defaultSocket = "unix:///var/run/docker.sock"
	// sharedSocket is in a separate folder: the default's folder holds the daemon's own state and stays private.
	sharedSocket   = "unix://" + sharedDir + "/" + socketFile
	rootlessSocket = "unix://" + rootlessDir + "/" + socketFile
)

// listen sets the daemon's addresses. With arguments that begin with "dockerd" the image's entrypoint runs exactly
// that command line; otherwise it opens 0.0.0.0:2375 or :2376 (docker-library/docker, dockerd-entrypoint.sh).
//
// Every daemon listens on defaultSocket: `docker run -v /var/run/docker.sock:…` mounts the file that is there for it.
func listen(c *converter, client *Client, s *sidecar) {
	switch c.Client.Transport {
	case config.Unix:
		s.setenv("DOCKER_TLS_CERTDIR", "")
		group := dockerGroup
		if c.Daemon.Isolation == config.Rootless {
			group = 0 // in its user namespace, rootlessID outside
		}
		s.dockerd = append(s.dockerd, "dockerd", "--host="+defaultSocket, "--host="+sharedSocket,
			fmt.Sprintf("--group=%d", group))
		s.volume(api.Volume{Name: journal.SocketVolume, VolumeSource: memory(nil)}, sharedDir)
	case config.TCP:
		s.setenv("DOCKER_TLS_CERTDIR", "")
		s.dockerd = append(s.dockerd, "dockerd", "--host="+defaultSocket, "--host=tcp://127.0.0.1:2375", "--tls=false")
		c.warnOfDaemonPort(client, tcpPort)
	case config.TLS:
		s.setenv("DOCKER_TLS_CERTDIR", "/certs")
		c.warnOfDaemonPort(client, tlsPort)
		shareCertificates(client, s)
	}
	c.warnOfMetricsPort(client)
	if c.Daemon.Isolation == config.Rootless {
		listenRootless(c, s)
	}
}

// listenRootless adds what the network and mount namespaces of a rootless daemon need. Its /run, and so its
// defaultSocket, is a copy that the rest of its container does not see (rootlesskit --copy-up=/run): probes and
// kubectl exec need a socket in a folder that existed before.
func listenRootless(c *converter, s *sidecar) {
	switch c.Client.Transport {
	case config.Unix:
		s.setenv("DOCKER_HOST", sharedSocket)
	case config.TCP:
		s.setenv("DOCKER_HOST", rootlessSocket)
		s.dockerd = append(s.dockerd, "--host="+rootlessSocket)
		s.setenv("DOCKERD_ROOTLESS_ROOTLESSKIT_FLAGS", "-p 127.0.0.1:2375:2375/tcp") // its 127.0.0.1 is not the pod's
	case config.TLS: // the entrypoint adds rootlessSocket, and publishes the port
		s.setenv("DOCKER_HOST", rootlessSocket)
		s.dockerd = append(s.dockerd, "--host="+defaultSocket)
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
