package convert

import (
	"github.com/boxp/dindify/fn/claims"
	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/journal"
	"github.com/boxp/dindify/fn/report"
)

// refuse reports everything that prevents a correct conversion, all at once.
func refuse(c *converter, client *Client) {
	client.volumes = volumeNames(client)
	client.guaranteed = isGuaranteed(client.Pod)
	refuseMalformed(client.Pod)
	refuseDuplicateNames(client.Pod)
	c.refuseNames(client)
	c.refuseJob(client)
	c.refuseInit(client)
	c.refuseSharedData(client)
	c.refuseClaimVolume(client)
	c.refuseIsolation(client)
	c.refuseRuntimeClass(client)
	c.refuseHostUsers(client)
	refuseWindows(client)
}

func (c *converter) refuseNames(client *Client) {
	for _, container := range client.Containers() {
		const taken = "the pod has a container of this name already; "
		switch {
		case container.Name() == c.Daemon.Name:
			container.Error(report.Because(report.NameTaken, taken+"set spec.daemon.name to another one, or rename it"))
		case container.Name() != journal.PrunerContainer:
		case journal.IsPruner(container):
			container.Error(report.Because(report.NameTaken, taken+"a sidecar named so is dindify's own clean-up: rename it"))
		case c.cleanupOf(client) == config.CleanupSidecar:
			container.Error(report.Because(report.NameTaken, taken+"rename it, or set spec.cleanup.mode to CronJob or None"))
		}
	}
	for _, t := range claims.Templates(client.Object()) {
		if name := t.Get("metadata", "name"); journal.IsOwnVolume(name.Text()) {
			name.Error(report.Because(report.NameTaken, "the claim's volume would replace the volume of this name "+
				"that dindify adds: rename it"))
		}
	}
	for _, v := range client.Get("volumes").Items() {
		if journal.IsOwnVolume(v.Text("name")) {
			v.Error(report.Because(report.NameTaken, "dindify adds a volume of this name, but the pod has one with other "+
				"content: rename it; if it is left over from a conversion whose journal was lost, run dindify revert first"))
		}
	}
}

func (c *converter) refuseJob(client *Client) {
	if client.Location.Completes && c.Daemon.Startup == config.PostStart {
		client.Error(report.Because(report.JobPostStart, "pods of this %s would never complete with "+
			"spec.daemon.startup PostStart, since the daemon keeps running: set it to Sidecar", client.Object().Kind()))
	}
}

// refuseInit refuses init containers that use Docker before there is a daemon.
func (c *converter) refuseInit(client *Client) {
	if c.Daemon.Startup != config.PostStart {
		return
	}
	for _, container := range client.socketContainers() {
		if container.List == "initContainers" && !container.IsSidecar() {
			container.Error(report.Because(report.InitPostStart, "this init container uses Docker, but with "+
				"spec.daemon.startup PostStart the daemon starts after it: set it to Sidecar, or remove the socket's mount"))
		}
	}
}
