package convert

import (
	"k8s.io/apimachinery/pkg/api/resource"

	"github.com/boxp/dindify/fn/api"
	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
)

const (
	socketFile  = "docker.sock"
	sharedDir   = "/run/dind"
	rootlessDir = "/run/user/1000"
	clientCerts = "/certs/client"
	// defaultSocket is where docker in the daemon's own container looks: probes and kubectl exec need no variable.
	defaultSocket = "unix:///var/run/docker.sock"
)

// listen decides where the daemon listens. With arguments that begin with "dockerd" the image's entrypoint runs just
// that command line; without them it opens 0.0.0.0:2375 or :2376 (docker-library/docker, dockerd-entrypoint.sh).
func listen(c *Conversion, client *Client, s *sidecar) {
	own := defaultSocket
	if c.Daemon.Isolation == config.Rootless {
		own = "unix://" + rootlessDir + "/" + socketFile
		s.setenv("DOCKER_HOST", own)
	}
	switch c.Client.Transport {
	case config.Unix:
		s.setenv("DOCKER_TLS_CERTDIR", "")
		s.dockerd = append(s.dockerd, "dockerd", "--host="+own)
		shareSocket(c, s)
	case config.TCP:
		s.setenv("DOCKER_TLS_CERTDIR", "")
		s.dockerd = append(s.dockerd, "dockerd", "--host="+own, "--host=tcp://127.0.0.1:2375", "--tls=false")
		if c.Daemon.Isolation == config.Rootless { // the daemon's 127.0.0.1 is not the pod's
			s.setenv("DOCKERD_ROOTLESS_ROOTLESSKIT_FLAGS", "-p 127.0.0.1:2375:2375/tcp")
		}
	case config.TLS:
		s.setenv("DOCKER_TLS_CERTDIR", "/certs")
		shareCertificates(client, s)
	}
}

// shareSocket lets the daemon listen on a second socket, in a folder of its own: the folder of the first holds the
// daemon's own state, and stays private.
func shareSocket(c *Conversion, s *sidecar) {
	if c.Daemon.Isolation != config.Rootless {
		s.dockerd = append(s.dockerd, "--host=unix://"+c.socketDir()+"/"+socketFile, "--group=2375")
	}
	s.volume(api.Volume{Name: kube.SocketVolume, VolumeSource: memory(nil)}, c.socketDir())
}

// socketDir is the folder of the socket that the pod shares.
func (c *Conversion) socketDir() string {
	if c.Daemon.Isolation == config.Rootless {
		return rootlessDir
	}
	return sharedDir
}

// shareCertificates gives the client the certificates that the image's entrypoint makes at each start.
func shareCertificates(client *Client, s *sidecar) {
	limit := resource.MustParse("1Mi")
	s.volume(api.Volume{Name: kube.CertsVolume, VolumeSource: memory(&limit)}, clientCerts)
	for _, container := range client.containers() {
		container.Get("volumeMounts").Append(
			api.VolumeMount{Name: kube.CertsVolume, MountPath: clientCerts, ReadOnly: true},
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
