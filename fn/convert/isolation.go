package convert

import (
	"cmp"

	"github.com/boxp/dindify/fn/api"
	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/engine"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
)

// isolation describes a mode of isolation: what it needs from the pod and the cluster.
type isolation struct {
	runtimeClass string // implied runtime class; "" for the cluster's default
	userns       bool   // the pod gets hostUsers: false
	level        string // the required Pod Security level of the namespace
	kubernetes   string // first Kubernetes version that supports it with Startup PostStart
	needs        string
	lacks        string // limitations of nested containers
}

// notRun is reported for modes that the project's own tests cannot run.
const notRun = "dindify's own tests cannot run it: try it on a node first"

var isolations = map[config.Isolation]isolation{
	config.Privileged: {level: "privileged", kubernetes: "1.20"},
	config.Rootless: {
		level: "privileged", kubernetes: "1.20",
		needs: "nodes that allow user namespaces (user.max_user_namespaces; on Ubuntu 24.04 " +
			"kernel.apparmor_restrict_unprivileged_userns=0, moby#47480) and have a /dev/net/tun that every user may open " +
			"(mode 0666)",
		lacks: "nested containers resolve names by 10.0.2.3 only, without the pod's search domains; docker run -u 1000 " +
			"cannot write the workspace; --memory and --cpus of docker run have no effect, since rootless Docker needs " +
			"systemd for that; docker run --privileged ends with \"error mounting sysfs\" on nodes with containerd before " +
			"2.0.3 (containerd#11271)",
	},
	config.Sysbox: {
		runtimeClass: "sysbox-runc", userns: true, level: "baseline", kubernetes: "1.30",
		needs: "nodes with sysbox", lacks: notRun,
	},
	config.UserNamespace: {
		userns: true, level: "privileged", kubernetes: "1.33",
		needs: "Linux 6.3, containerd 2.1 or later, and a runtime handler with cgroup_writable = true and the systemd " +
			"cgroup driver, or crun",
		lacks: "docker run --privileged ends with \"error mounting sysfs\"",
	},
	config.Kata: {
		runtimeClass: "kata-qemu", level: "privileged", kubernetes: "1.20",
		needs: "nodes with Kata Containers, and privileged_without_host_devices", lacks: notRun,
	},
	config.GVisor: {
		runtimeClass: "gvisor", level: "privileged", kubernetes: "1.20",
		needs: "nodes with gVisor whose runsc has net-raw and allow-packet-socket-write",
		lacks: "without iptables nested containers reach nothing outside of the pod unless they run with --network host, " +
			"and do not find each other by name in a network of Compose; images and containers are in memory, and count " +
			"against the daemon's limit",
	},
}

// isolate sets the isolation of the daemon. Sysbox and user namespaces apply to the whole pod, including the
// application.
func isolate(c *converter, client *Client, s *sidecar) {
	mode := isolations[c.Daemon.Isolation]
	s.SecurityContext = securityContext(c.Daemon.Isolation)
	overridePod(client.Get("securityContext"), c.Daemon.Isolation, s.SecurityContext)
	s.rootdir = "/var/lib/docker"
	if c.Daemon.Isolation == config.Rootless {
		s.rootdir = engine.RootlessData
		s.setenv("XDG_RUNTIME_DIR", engine.RootlessDir)
	}
	if s.SecurityContext != nil && *s.SecurityContext == (api.SecurityContext{}) {
		s.SecurityContext = nil
	}
	class := c.runtimeClass()
	why := report.Because(report.RuntimeClass, "for spec.daemon.isolation %s; it also applies to the application",
		c.Daemon.Isolation)
	if class != "" {
		client.Set("runtimeClassName", class, why)
	}
	if mode.userns {
		client.Set("hostUsers", false, why)
	}
	if c.Daemon.Isolation == config.UserNamespace && class == "" && !client.Get("runtimeClassName").Exists() {
		client.Warn(report.Because(report.RuntimeClass, "has no runtimeClassName, and the cluster's default handler rarely "+
			"has a writable cgroup: without one the daemon ends with \"cannot create directory '/sys/fs/cgroup/init': "+
			"Read-only file system\"; set spec.daemon.runtimeClassName to the class of a handler with containerd's "+
			"cgroup_writable = true. \"Permission denied\" for the same folder means runc with the cgroupfs driver: use the "+
			"systemd driver, or crun"))
	}
}

// runtimeClass returns the runtime class of the converted pods: the configured one, or the one that the isolation
// implies. It is empty for the pod's own, or the cluster's default.
func (c *converter) runtimeClass() string {
	return cmp.Or(c.Daemon.RuntimeClassName, isolations[c.Daemon.Isolation].runtimeClass)
}

func securityContext(mode config.Isolation) *api.SecurityContext {
	yes, no, id := true, false, int64(rootlessID)
	switch mode {
	case config.Rootless: // documented to need privileged: seccomp, AppArmor and masked paths would block it
		return &api.SecurityContext{Privileged: &yes, RunAsUser: &id, RunAsGroup: &id, RunAsNonRoot: &yes}
	case config.Sysbox: // root in the sandbox; sysbox refuses privileged
		return &api.SecurityContext{}
	case config.GVisor: // of the sandbox's own kernel, not the node's
		return &api.SecurityContext{Capabilities: &api.Capabilities{Add: []string{"ALL"}}}
	case config.UserNamespace:
		return &api.SecurityContext{
			Privileged: &no, AllowPrivilegeEscalation: &yes, ProcMount: new(api.UnmaskedProcMount),
			SeccompProfile:  &api.SeccompProfile{Type: api.SeccompProfileTypeUnconfined},
			AppArmorProfile: unconfinedProfile(),
			Capabilities:    &api.Capabilities{Add: []string{"SYS_ADMIN", "NET_ADMIN"}},
		}
	}
	return &api.SecurityContext{Privileged: &yes}
}

// overridePod overrides settings of the pod's security context that the daemon cannot work with. It sets only what
// the pod sets.
func overridePod(pod kube.Field, mode config.Isolation, s *api.SecurityContext) {
	if mode == config.Rootless {
		return
	}
	no, root := false, int64(0)
	if pod.Get("runAsUser").Exists() {
		s.RunAsUser = &root
	}
	if pod.Get("runAsGroup").Exists() {
		s.RunAsGroup = &root
	}
	if pod.True("runAsNonRoot") {
		s.RunAsNonRoot, s.RunAsUser = &no, &root
	}
}

// reportIsolation reports what the chosen mode needs from the cluster and the namespace.
func (c *converter) reportIsolation(client *Client) {
	mode := isolations[c.Daemon.Isolation]
	version := mode.kubernetes
	if c.Daemon.Startup == config.Sidecar && version < "1.29" {
		version = "1.29"
	}
	text := "needs Kubernetes " + version + " or later"
	if mode.needs != "" {
		text += ", and " + mode.needs
	}
	if c.Daemon.Startup == config.Sidecar {
		// 1.28: pkg/api/pod/util.go, dropDisabledFields; the gate SidecarContainers is on by default since 1.29.
		text += "; an API server before 1.29 drops the restartPolicy of the daemon's container without an error, and the " +
			"pod stays in Init: spec.daemon.startup PostStart works there"
	}
	client.Info(report.Because(report.KubernetesVersion, "%s", text))
	if mode.lacks != "" {
		client.Info(report.Because(report.IsolationLimits, "with spec.daemon.isolation %s %s", c.Daemon.Isolation,
			mode.lacks))
		c.warnOfLimits(client)
	}
	client.Info(report.Because(report.PodSecurity, "the namespace must allow the Pod Security level %s", mode.level))
	c.checkNamespace(client, mode.level)
}

var strictness = map[string]int{"privileged": 0, "baseline": 1, "restricted": 2}

func (c *converter) checkNamespace(client *Client, level string) {
	ns := c.namespaceOf(client)
	if ns == nil {
		return
	}
	const label = "pod-security.kubernetes.io/enforce"
	if enforced := ns.Label(label); strictness[enforced] > strictness[level] {
		ns = ns.ReportingTo(&client.report)
		ns.Root().Get("metadata", "labels", label).Warn(report.Because(report.PodSecurity,
			"enforces %s, and %s with spec.daemon.isolation %s needs %s: its pods will be refused", enforced,
			client.Object().Title(), c.Daemon.Isolation, level))
	}
}
