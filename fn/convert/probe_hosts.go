package convert

import (
	"net/netip"
	"slices"

	"github.com/boxp/dindify/fn/journal"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
)

// hostFields are where a probe or hook of a container names a host. The kubelet dials it as it stands, from the node
// (kubernetes pkg/probe/http/request.go).
var hostFields = [][]string{
	{"livenessProbe", "httpGet"},
	{"livenessProbe", "tcpSocket"},
	{"readinessProbe", "httpGet"},
	{"readinessProbe", "tcpSocket"},
	{"startupProbe", "httpGet"},
	{"startupProbe", "tcpSocket"},
	{"lifecycle", "postStart", "httpGet"},
	{"lifecycle", "postStart", "tcpSocket"},
	{"lifecycle", "preStop", "httpGet"},
	{"lifecycle", "preStop", "tcpSocket"},
}

// probeHosts sees to probes of a pod that leaves the node's network: the node's loopback was the pod's, and is not any
// more. Without a host the kubelet dials the pod.
func probeHosts(client *Client) {
	nodes := client.nodeNames()
	for _, container := range client.Containers() {
		for _, path := range hostFields {
			host := container.Get(path...).Get("host")
			switch name := host.Text(); {
			case name == "":
			case isLoopback(name):
				warnProbe(host, name)
				host.Delete(report.Because(report.ProbeHost, "the kubelet dials the pod"))
			case isAddress(name) || nodes[name]:
				host.Warn(report.Because(report.ProbeHost, "the kubelet dials %s, and where that is the node the application is "+
					"not there any more: remove the host, so that it dials the pod", name))
			}
		}
	}
}

func warnProbe(host kube.Field, name string) {
	host.Warn(report.Because(report.ProbeHost, "%s was the node's loopback, and the kubelet dials the pod's address "+
		"now: the application has to listen there, and not on its loopback alone", name))
}

func isLoopback(host string) bool { return slices.Contains(journal.LoopbackHosts, host) }

func isAddress(host string) bool {
	_, err := netip.ParseAddr(host)
	return err == nil
}
