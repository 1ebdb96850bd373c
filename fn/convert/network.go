package convert

import (
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
)

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
			"access them through a Service; an object created before Kubernetes 1.28 got a hostPort for each in the cluster, "+
			"and keeps it: remove them there (kubernetes#117689)"))
	}
}
