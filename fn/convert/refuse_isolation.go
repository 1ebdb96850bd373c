package convert

import (
	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
)

// refuseSandbox refuses a pod that already runs in a sandbox or a user namespace in which the configured daemon does
// not work.
func (c *converter) refuseSandbox(client *Client) {
	class := client.Text("runtimeClassName")
	if fits := config.SandboxOf(class); fits != "" && c.Daemon.Isolation == config.Privileged {
		client.Get("runtimeClassName").Error(report.Because(report.IsolationConflict,
			"%s is a sandbox, in which a daemon with spec.daemon.isolation Privileged does not work: set "+
				"spec.daemon.isolation to %s and spec.daemon.runtimeClassName to %s",
			class, fits, class))
	}
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
	if f, ok := windowsField(client.Pod); ok {
		f.Error(report.Because(report.IsolationConflict, "requires a Windows node, but the daemon is a Linux container: "+
			"remove the annotation %s", kube.Convert))
	}
}

// windowsField returns the field by which a pod requires a Windows node.
func windowsField(pod kube.Pod) (kube.Field, bool) {
	for _, path := range [][]string{
		{"os", "name"}, {"nodeSelector", "kubernetes.io/os"}, {"nodeSelector", "beta.kubernetes.io/os"},
	} {
		if f := pod.Get(path...); f.Text() == "windows" {
			return f, true
		}
	}
	return kube.Field{}, false
}
