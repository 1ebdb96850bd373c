package convert

import (
	"github.com/boxp/dindify/fn/engine"
	"github.com/boxp/dindify/fn/report"
)

// warnOfAPIVersion warns if a client requests an API version that its daemon does not serve: clients do not negotiate
// if DOCKER_API_VERSION is set.
func warnOfAPIVersion(c *converter, client *Client) {
	lowest, highest := engine.API(c.Daemon.Image)
	if highest == "" {
		return
	}
	for _, container := range client.socketContainers() {
		for _, v := range c.sources.Variables(container.Container) {
			switch {
			case v.Name != "DOCKER_API_VERSION":
			case engine.Older(highest, v.Value):
				v.Field.Warn(report.Because(report.APIVersion, "DOCKER_API_VERSION is %s, but %s serves at most %s: remove it "+
					"(spec.client.unsetEnv), or set a newer spec.daemon.image",
					v.Value, c.Daemon.Image, highest))
			case engine.Older(v.Value, lowest):
				v.Field.Warn(report.Because(report.APIVersion, "DOCKER_API_VERSION is %s, but %s serves at least %s: remove it "+
					"(spec.client.unsetEnv)",
					v.Value, c.Daemon.Image, lowest))
			}
		}
	}
}
