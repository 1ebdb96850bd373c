package convert

import (
	"github.com/boxp/dindify/fn/journal"
	"github.com/boxp/dindify/fn/kube"
)

// addedContainers returns the containers that the conversion has added to the pod.
func (c *converter) addedContainers(client *Client) []kube.Container {
	var all []kube.Container
	for _, container := range client.Containers() {
		if container.Name() == c.Daemon.Name || journal.IsPruner(container) {
			all = append(all, container)
		}
	}
	return all
}

// settingOf returns the configuration field for the resources of an added container.
func (c *converter) settingOf(container kube.Container) string {
	if journal.IsPruner(container) {
		return "spec.cleanup.resources"
	}
	return "spec.daemon.resources"
}
