package convert

import (
	"slices"
	"strconv"

	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
)

const loopback = "127.0.0.1"

// network removes the pod from the node's network, where the daemon's bridge, and its API on 127.0.0.1, would be the
// node's.
func network(c *converter, client *Client) {
	if !client.True("hostNetwork") {
		return
	}
	probeHosts(client)
	warnOfNodeLoopback(c, client)
	client.Get("hostNetwork").Delete(report.Because(report.HostNetwork, "the pod has its own network again: on the "+
		"node's, the daemon's would be the node's"))
	if client.Text("dnsPolicy") == "ClusterFirstWithHostNet" {
		client.Get("dnsPolicy").Delete(report.Because(report.HostNetwork, "belongs to hostNetwork"))
	}
	for _, container := range client.Containers() {
		warnOfHostPorts(container)
	}
}

// warnOfHostPorts reports what happens to a container's ports when the pod leaves the node's network.
func warnOfHostPorts(container kube.Container) {
	left := false
	for _, port := range container.Get("ports").Items() {
		if n := port.Text("hostPort"); n != "" && n != "0" {
			port.Info(report.Because(report.HostPort, "port %s of the node still leads here, by its hostPort", n))
		} else {
			left = true
		}
	}
	if left {
		container.Get("ports").Warn(report.Because(report.HostPort, "these ports are now on the pod, not on the node: "+
			"access them through a Service; "+
			"an object created before Kubernetes 1.28 got a hostPort for each in the cluster, and keeps it: "+
			"remove them there (kubernetes#117689)"))
	}
}

// aliases makes names that a node resolves to itself resolve to the pod.
func aliases(c *converter, client *Client) {
	var missing []string
	for _, name := range c.Client.HostAliases {
		if !client.hasAlias(name) {
			missing = append(missing, name)
		}
	}
	if len(missing) > 0 {
		client.addAliases(missing)
	}
}

func (cl *Client) hasAlias(name string) bool {
	return slices.ContainsFunc(cl.Get("hostAliases").Items(), func(a kube.Field) bool {
		return slices.Contains(a.Texts("hostnames"), name)
	})
}

func (cl *Client) addAliases(names []string) {
	why := report.Because(report.HostAlias, "ports that the daemon publishes are on the pod's own loopback")
	for _, a := range cl.Get("hostAliases").Items() {
		if a.Text("ip") == loopback {
			for _, name := range names {
				a.Get("hostnames").Append(name, why)
			}
			return
		}
	}
	cl.Get("hostAliases").Append(struct {
		IP        string   `json:"ip"`
		Hostnames []string `json:"hostnames"`
	}{loopback, names}, why)
}

// dockerGroup is the socket's group: docker in the official image, 2375 (docker-library/docker, 29/cli/Dockerfile).
const dockerGroup = 2375

// group adds the socket's group to the pod, so that a non-root client may use the socket. It changes nothing else in
// the pod's security context.
func group(c *converter, client *Client) {
	if c.Client.Transport != config.Unix {
		return
	}
	gid := c.socketGroup()
	groups := client.Get("securityContext", "supplementalGroups")
	if !slices.Contains(groups.Texts(), strconv.Itoa(gid)) {
		groups.Append(gid, report.Because(report.GroupAdded, "the socket's group: non-root clients may use it"))
	}
}

// socketGroup returns the group of the daemon's socket.
func (c *converter) socketGroup() int {
	if c.Daemon.Isolation == config.Rootless {
		return rootlessID
	}
	return dockerGroup
}

const (
	defaultGrace   = 30 // seconds, the API's default
	daemonShutdown = 15 // seconds that dockerd waits for its containers (moby daemon/config: ShutdownTimeout)
)

// grace adds the time that the daemon needs to stop. A sidecar is stopped only after the client has ended, with the
// rest of the grace period.
func grace(c *converter, client *Client) {
	if c.Daemon.Startup != config.Sidecar {
		return
	}
	had := defaultGrace
	if n, ok := client.Get("terminationGracePeriodSeconds").Int(); ok {
		had = n
	}
	client.Set("terminationGracePeriodSeconds", had+daemonShutdown, report.Because(report.GracePeriod, "%d seconds for "+
		"the client as before, and %d for the daemon after it", had, daemonShutdown))
}
