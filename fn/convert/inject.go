package convert

import (
	"github.com/boxp/dindify/fn/api"
	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/report"
)

// sidecar is the daemon's container under construction, with its volumes.
type sidecar struct {
	api.Container
	dockerd []string       // its arguments
	volumes []any          // api.Volume, and those of the configuration
	unknown []unknownField // of mirrored mounts
	rootdir string         // the daemon's data folder
}

// layers build the daemon's container, one aspect each.
var layers = []func(*converter, *Client, *sidecar){
	isolate,
	confine,
	listen,
	startupProbe,
	store,
	configureNetwork,
	rootless,
	configuredVolumes,
	credentials,
	mirror,
}

// inject adds the daemon's container and its volumes. As a sidecar it is the first init container, or follows those
// that must run before it (see daemonIndex): later containers find the daemon ready. With PostStart it is the first
// container: the kubelet starts containers one by one and waits for each one's hook.
func inject(c *converter, client *Client) {
	client.daemonAt = c.daemonIndex(client)
	s := c.sidecar(client)
	list := "initContainers"
	if c.Daemon.Startup == config.PostStart {
		list = "containers"
		keepDefaultContainer(client)
	}
	client.Get(list).Insert(client.daemonAt, s.Container, report.Because(report.DaemonAdded, "the application's own "+
		"Docker daemon (%s, %s)", c.Daemon.Isolation, c.Client.Transport))
	s.writeUnknown(client.Get(list).Items()[client.daemonAt])
	for _, v := range s.volumes {
		client.Get("volumes").Append(v, report.Because(report.VolumeAdded, "for the daemon"))
	}
	c.reportIsolation(client)
}

func (c *converter) sidecar(client *Client) *sidecar {
	s := &sidecar{Container: api.Container{
		Name:            c.Daemon.Name,
		Image:           c.Daemon.Image,
		ImagePullPolicy: c.Daemon.ImagePullPolicy,
		Resources:       c.Daemon.Resources,
	}}
	for _, add := range layers {
		add(c, client, s)
	}
	s.Args = append(s.Args, append(s.dockerd, c.Daemon.ExtraArgs...)...)
	s.Env = append(s.Env, c.Daemon.Env...)
	return s
}

func (s *sidecar) mount(m api.VolumeMount) { s.VolumeMounts = append(s.VolumeMounts, m) }

func (s *sidecar) setenv(name, value string) {
	s.Env = append(s.Env, api.EnvVar{Name: name, Value: value})
}

// keepDefaultContainer keeps the application as the default of kubectl logs and exec, although the daemon is listed
// first.
func keepDefaultContainer(client *Client) {
	const annotation = "kubectl.kubernetes.io/default-container"
	annotations := client.Template().Get("metadata", "annotations")
	containers := client.Get("containers").Items()
	if annotations.Get(annotation).Exists() || len(containers) == 0 || client.Location.Path == "spec" {
		return
	}
	annotations.Set(annotation, containers[0].Text("name"), report.Because(report.DefaultContainer, "kubectl logs and "+
		"exec still select the application"))
}
