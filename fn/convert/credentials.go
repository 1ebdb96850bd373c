package convert

import (
	"slices"

	"github.com/boxp/dindify/fn/api"
)

// dockerConfigs lists the paths of docker's registry credentials.
var dockerConfigs = []string{
	"/root/.docker", "/root/.docker/config.json", "/home/rootless/.docker",
	"/home/rootless/.docker/config.json",
}

// credentials lets docker in the daemon's container pull what the client may pull: a config.json that a client mounts
// for root is mounted here too, even without mirroring. The daemon itself needs none: clients send theirs.
func credentials(c *converter, client *Client, s *sidecar) {
	if c.mirrors() {
		return // every volume is mounted
	}
	for _, container := range client.socketContainers() {
		for _, m := range container.Mounts() {
			if at := m.Text("mountPath"); slices.Contains(dockerConfigs, at) && !s.mounts(at) {
				s.mount(api.VolumeMount{Name: m.Text("name"), MountPath: at, SubPath: m.Text("subPath"), ReadOnly: true})
			}
		}
	}
}

func (s *sidecar) mounts(path string) bool {
	return slices.ContainsFunc(s.VolumeMounts, func(m api.VolumeMount) bool { return m.MountPath == path })
}
