package convert

import (
	"slices"
	"strconv"

	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/journal"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
)

// refuse stops at what cannot be right, all of it, so that it is told at once.
func refuse(c *Conversion, client *Client) {
	c.refuseNames(client)
	c.refuseJob(client)
	c.refuseSharedData(client)
	c.refuseIsolation(client)
}

func (c *Conversion) refuseNames(client *Client) {
	for _, container := range client.Containers() {
		if container.Name() == c.Daemon.Name || c.cleanupOf(client) == config.CleanupSidecar && container.Name() == journal.PrunerContainer {
			container.Error(report.Because(report.NameTaken, "the pod has a container of this name already; set spec.daemon.name to another one, or rename it"))
		}
	}
	for _, v := range client.Get("volumes").Items() {
		if slices.Contains(journal.OwnVolumes, v.Text("name")) {
			v.Error(report.Because(report.NameTaken, "dindify adds a volume of this name, and the pod has one of other content: rename it; if it is left over from a conversion whose journal was lost, run dindify revert first"))
		}
	}
}

func (c *Conversion) refuseJob(client *Client) {
	if client.Location.Completes && c.Daemon.Startup == config.PostStart {
		client.Error(report.Because(report.JobPostStart, "a %s would never complete with spec.daemon.startup PostStart, since the daemon keeps running: set it to Sidecar", client.Object().Kind()))
	}
}

// refuseSharedData keeps two daemons from one data folder, which they would destroy (moby#31600).
func (c *Conversion) refuseSharedData(client *Client) {
	if c.Daemon.Storage.PersistentVolumeClaim == nil {
		return
	}
	spec := *client.Template().Parent()
	say := func(f kube.Field, what, way string) {
		f.Error(report.Because(report.StorageShared, "%s, and spec.daemon.storage.persistentVolumeClaim is one data volume for one daemon: %s, or use spec.daemon.storage.ephemeral", what, way))
	}
	switch o := client.Object(); o.Kind() {
	case "DaemonSet":
		say(o.Root(), "a DaemonSet runs a pod on every node", "use emptyDir")
	case "CronJob":
		if policy := o.Text("spec", "concurrencyPolicy"); policy != "Forbid" && policy != "Replace" {
			say(o.Root().Get("spec", "concurrencyPolicy"), "two runs may overlap", "set it to Forbid")
		}
	case "Job":
		if n, _ := strconv.Atoi(o.Text("spec", "parallelism")); n > 1 {
			say(o.Root().Get("spec", "parallelism"), "several pods run at a time", "set it to 1")
		}
	case "Pod", "PodTemplate":
	default:
		if n, _ := strconv.Atoi(spec.Text("replicas")); n > 1 {
			say(spec.Get("replicas"), strconv.Itoa(n)+" replicas", "set it to 1")
		}
		if strategy := spec.Text("strategy", "type"); o.Kind() == "Deployment" && strategy != "Recreate" {
			say(spec.Get("strategy"), "a rolling update runs the old and the new pod at a time", "set strategy.type to Recreate")
		}
	}
}

func (c *Conversion) refuseIsolation(client *Client) {
	mode := isolations[c.Daemon.Isolation]
	class := mode.runtimeClass
	if c.Daemon.RuntimeClassName != "" {
		class = c.Daemon.RuntimeClassName
	}
	say := func(field, why string) {
		client.Get(field).Error(report.Because(report.IsolationConflict, "%s contradicts spec.daemon.isolation %s: %s", client.Get(field).Path(), c.Daemon.Isolation, why))
	}
	if own := client.Text("runtimeClassName"); own != "" && own != class && (class != "" || c.Daemon.Isolation != config.Privileged) {
		say("runtimeClassName", "the pod already asks for "+own+"; set spec.daemon.runtimeClassName to it, or choose the isolation that it stands for")
	}
	if fits := config.SandboxOf(client.Text("runtimeClassName")); fits != "" && c.Daemon.Isolation == config.Privileged {
		say("runtimeClassName", client.Text("runtimeClassName")+" runs no privileged daemon: set spec.daemon.isolation to "+string(fits))
	}
	if !mode.userns {
		return
	}
	for _, field := range []string{"hostPID", "hostIPC"} {
		if client.True(field) {
			say(field, "a pod with a user namespace cannot share the node's; remove it")
		}
	}
	if client.True("hostUsers") {
		say("hostUsers", "it needs false; remove the field")
	}
	for _, container := range client.Containers() {
		if container.True("securityContext", "privileged") {
			container.Error(report.Because(report.IsolationConflict, "securityContext.privileged contradicts spec.daemon.isolation %s: remove it, or choose Privileged", c.Daemon.Isolation))
		}
	}
}
