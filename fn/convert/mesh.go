package convert

import (
	"net/netip"
	"strings"

	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/journal"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
)

// A mesh treats packets of nested containers as inbound traffic of the pod, since they arrive on the daemon's bridge,
// and drops them (istio#54689, linkerd2#6758). Each mesh has an annotation against that.

const (
	bridgeName   = "docker0"
	bridgeSubnet = "172.17.0.0/16"
)

// mesh exempts traffic of nested containers, once for each workload in a mesh.
func mesh(c *Conversion, client *Client) {
	if c.Daemon.Isolation == config.Rootless {
		return // the containers' traffic leaves by a process of the pod, like any other traffic
	}
	switch {
	case c.isInIstio(client):
		annotateMesh(client, "Istio", journal.IstioInterfaces, bridgeName, "the bridges of user-defined networks, such as "+
			"those of compose, must be listed there too (com.docker.network.bridge.name)")
	case c.isInLinkerd(client):
		annotateMesh(client, "Linkerd", journal.LinkerdSubnets, c.bridgeSubnet(), "the subnets of user-defined networks, "+
			"such as those of compose, must be listed there too (spec.daemon.defaultAddressPools)")
	}
}

func annotateMesh(client *Client, name, annotation, value, networks string) {
	annotations := client.Template().Get("metadata", "annotations")
	switch had := annotations.Text(annotation); {
	case had == "":
		client.Warn(report.Because(report.Mesh, "the pod is part of %s, and traffic of nested containers arrives on %s: "+
			"annotated with %s: %s; %s", name, bridgeName, annotation, value, networks))
		annotations.Set(annotation, value, report.Because(report.Mesh, "lets traffic of nested containers through %s", name))
	case !strings.Contains(had, value):
		annotations.Get(annotation).Warn(report.Because(report.Mesh, "the pod is part of %s, and traffic of nested "+
			"containers arrives on %s: is %s, so add %s; %s", name, bridgeName, had, value, networks))
	}
}

// bridgeSubnet returns the subnet of the default bridge.
func (c *Conversion) bridgeSubnet() string {
	if p, err := netip.ParsePrefix(c.Daemon.Bip); err == nil {
		return p.Masked().String()
	}
	return bridgeSubnet
}

// isInIstio follows the rules of Istio's injector: the pod's own setting takes precedence over the namespace's.
func (c *Conversion) isInIstio(client *Client) bool {
	template := client.Template().Get("metadata")
	for _, place := range []string{"labels", "annotations"} {
		switch template.Text(place, "sidecar.istio.io/inject") {
		case "true":
			return true
		case "false":
			return false
		}
	}
	if template.Text("labels", "istio.io/rev") != "" {
		return true
	}
	switch template.Text("labels", "istio.io/dataplane-mode") {
	case "ambient":
		return true
	case "none":
		return false
	}
	ns := c.namespaceOf(client)
	return ns != nil && (ns.Label("istio-injection") == "enabled" ||
		ns.Label("istio-injection") == "" && ns.Label("istio.io/rev") != "" ||
		ns.Label("istio.io/dataplane-mode") == "ambient")
}

func (c *Conversion) isInLinkerd(client *Client) bool {
	word := client.Template().Text("metadata", "annotations", "linkerd.io/inject")
	if ns := c.namespaceOf(client); word == "" && ns != nil {
		word = ns.Annotation("linkerd.io/inject")
	}
	return word == "enabled" || word == "ingress"
}

// namespaceOf returns the Namespace of a workload in the input, or nil.
func (c *Conversion) namespaceOf(client *Client) *kube.Object {
	if client.ref.Namespace == "" {
		return nil
	}
	return c.Set.Find("", "Namespace", "", client.ref.Namespace)
}
