package convert

import (
	"net/netip"
	"slices"

	"github.com/boxp/dindify/fn/journal"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
)

// probeHosts handles the hosts of probes and hooks in a pod that leaves the node's network: the node's loopback is no
// longer the pod's. The kubelet connects to them from the node (kubernetes pkg/probe/http/request.go); without a host
// it connects to the pod.
func probeHosts(client *Client) {
	nodes := client.nodeNames()
	for _, container := range client.Containers() {
		for _, action := range container.NetworkActions() {
			host := action.Get("host")
			switch name := host.Text(); {
			case name == "":
			case slices.Contains(journal.LoopbackHosts, name): // no other name may be restored by a revert
				warnProbe(host, name)
				host.Delete(report.Because(report.ProbeHost, "the kubelet connects to the pod"))
			case isAddress(name) || nodes[name]:
				host.Warn(report.Because(report.ProbeHost, "the kubelet connects to %s; if that is the node, the application is "+
					"no longer there: remove the host, so that it connects to the pod", name))
			}
		}
	}
}

func warnProbe(host kube.Field, name string) {
	host.Warn(report.Because(report.ProbeHost, "%s was the node's loopback, but the kubelet connects to the pod's "+
		"address now: the application must listen there, and not only on its loopback", name))
}

func isAddress(host string) bool {
	_, err := netip.ParseAddr(host)
	return err == nil
}
