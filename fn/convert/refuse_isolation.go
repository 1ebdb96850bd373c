package convert

import (
	"github.com/boxp/dindify/fn/claims"
	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
)

// refuseIsolation refuses a pod that cannot have a user namespace, if the isolation needs one.
func (c *converter) refuseIsolation(client *Client) {
	if !isolations[c.Daemon.Isolation].userns {
		return
	}
	conflict := func(f kube.Field, why string) {
		f.Error(report.Because(report.IsolationConflict, "contradicts spec.daemon.isolation %s: %s", c.Daemon.Isolation, why))
	}
	for _, field := range []string{"hostPID", "hostIPC"} {
		if client.True(field) {
			conflict(client.Get(field), "a pod with a user namespace cannot share the node's; remove it")
		}
	}
	if client.True("hostUsers") {
		conflict(client.Get("hostUsers"), "it needs false; remove the field")
	}
	for _, v := range client.Volumes() {
		why := report.Because(report.IsolationConflict, "does not support the id-mapped mounts that a user namespace "+
			"needs for every volume of the pod, and spec.daemon.isolation %s sets one: the pod does not start; use another "+
			"volume, or choose Privileged or Rootless", c.Daemon.Isolation)
		if direct := v.Get("nfs"); direct.Exists() {
			direct.Warn(why)
		} else if claim := v.Get("persistentVolumeClaim", "claimName"); claim.Exists() &&
			c.claims.MountBehind(client.ref.Namespace, claim.Text()).FileSystem == claims.NFS {
			why.Text = "is on NFS, which " + why.Text
			claim.Warn(why)
		}
	}
	for _, container := range client.Containers() {
		if container.True("securityContext", "privileged") {
			container.Error(report.Because(report.IsolationConflict, "securityContext.privileged contradicts "+
				"spec.daemon.isolation %s: remove it, or choose Privileged", c.Daemon.Isolation))
		}
		if devices := container.Get("volumeDevices"); len(devices.Items()) > 0 {
			conflict(devices, "the API server refuses block devices in a pod with a user namespace (kubernetes#132868); mount "+
				"the volume as a file system, or choose Privileged or Rootless")
		}
	}
}

// refuseRuntimeClass refuses a pod whose own runtime class is of another isolation, or is not the configured daemon's.
func (c *converter) refuseRuntimeClass(client *Client) {
	field, class := client.Get("runtimeClassName"), c.runtimeClass()
	own := field.Text()
	switch fits := config.SandboxOf(own); {
	case own == "" || own == class:
	case fits != "" && fits != c.Daemon.Isolation:
		field.Error(report.Because(report.IsolationConflict, "%s is a class of spec.daemon.isolation %s, but that is %s: "+
			"set spec.daemon.isolation to %[2]s and spec.daemon.runtimeClassName to %[1]s, or remove the field",
			own, fits, c.Daemon.Isolation))
	case class != "":
		field.Error(report.Because(report.IsolationConflict, "the pod requests %s, but a daemon of spec.daemon.isolation %s "+
			"runs in %s here: remove the field, or set spec.daemon.runtimeClassName to %[1]s if the daemon can run there",
			own, c.Daemon.Isolation, class))
	case c.Daemon.Isolation != config.Privileged:
		field.Error(report.Because(report.IsolationConflict, "the pod requests %s, which may not run a daemon of "+
			"spec.daemon.isolation %s: set spec.daemon.runtimeClassName to %[1]s if it does, or remove the field",
			own, c.Daemon.Isolation))
	}
}

// refuseHostUsers refuses a pod with a user namespace in which the configured daemon does not start.
func (c *converter) refuseHostUsers(client *Client) {
	if c.Daemon.Isolation != config.Privileged && c.Daemon.Isolation != config.Rootless {
		return
	}
	if client.Text("hostUsers") == "false" {
		client.Get("hostUsers").Error(report.Because(report.IsolationConflict,
			"gives the pod a user namespace, in which a daemon with spec.daemon.isolation %s does not start (mkdir "+
				"/sys/fs/cgroup/init: Permission denied): set spec.daemon.isolation to UserNamespace or Sysbox, or "+
				"remove the field", c.Daemon.Isolation))
	}
}

// refuseWindows refuses a Windows pod that the user's annotation selects.
func refuseWindows(client *Client) {
	if f := client.WindowsField(); f.Exists() {
		f.Error(report.Because(report.IsolationConflict, "requires a Windows node, but the daemon is a Linux container: "+
			"remove the annotation %s", kube.ConvertAnnotation))
	}
}
