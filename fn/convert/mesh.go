package convert

import (
	"cmp"
	"net/netip"
	"strings"

	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/journal"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
)

const (
	bridgeName   = "docker0"
	bridgeSubnet = "172.17.0.0/16"
)

// serviceMesh is a mesh whose proxy treats packets of nested containers as inbound traffic of the pod, since they
// arrive on the daemon's bridge, and drops them (istio#54689, linkerd2#6758).
type serviceMesh struct {
	name       string
	includes   func(*converter, *Client) bool
	annotation string                  // of the pod, against that; "" if the mesh has none
	value      func(*converter) string // of the annotation
	advice     string                  // for what the annotation does not cover
}

const (
	moreBridges = "the bridges of user-defined networks, such as those of compose, must be listed there too " +
		"(com.docker.network.bridge.name)"
	moreSubnets = "the subnets of user-defined networks, such as those of compose, must be listed there too " +
		"(spec.daemon.defaultAddressPools)"
)

func serviceMeshes() []serviceMesh {
	return []serviceMesh{
		{"Istio", (*converter).isInIstio, journal.IstioInterfaces, bridge, moreBridges},
		{"Linkerd", (*converter).isInLinkerd, journal.LinkerdSubnets, (*converter).bridgeSubnet, moreSubnets},
		{"Kuma", (*converter).isInKuma, journal.KumaSources, (*converter).bridgeSubnet, moreSubnets},
		{
			"Consul", (*converter).isInConsul, "", nil,
			`it can exclude ports, but no bridge: set the pod's annotation ` + consulRedirection + `: "false", or isolation: ` +
				`Rootless`,
		},
	}
}

// mesh exempts traffic of nested containers, once for each workload in a mesh.
func mesh(c *converter, client *Client) {
	if c.Daemon.Isolation == config.Rootless {
		return // the containers' traffic leaves by a process of the pod, like any other traffic
	}
	for _, m := range serviceMeshes() {
		if m.includes(c, client) {
			m.exempt(c, client)
			return
		}
	}
}

func (m *serviceMesh) exempt(c *converter, client *Client) {
	if m.annotation == "" {
		client.Warn(report.Because(report.Mesh, "the pod is part of %s, and traffic of nested containers arrives on %s: %s",
			m.name, bridgeName, m.advice))
		return
	}
	annotations, value := client.Template().Get("metadata", "annotations"), m.value(c)
	switch had := annotations.Text(m.annotation); {
	case had == "":
		client.Warn(report.Because(report.Mesh, "the pod is part of %s, and traffic of nested containers arrives on %s: "+
			"annotated with %s: %s; %s", m.name, bridgeName, m.annotation, value, m.advice))
		why := report.Because(report.Mesh, "lets traffic of nested containers through %s", m.name)
		annotations.Set(m.annotation, value, why)
	case !strings.Contains(had, value):
		annotations.Get(m.annotation).Warn(report.Because(report.Mesh, "the pod is part of %s, and traffic of nested "+
			"containers arrives on %s: is %s, so add %s; %s", m.name, bridgeName, had, value, m.advice))
	}
}

func bridge(*converter) string { return bridgeName }

// bridgeSubnet returns the subnet of the default bridge.
func (c *converter) bridgeSubnet() string {
	if p, err := netip.ParsePrefix(c.Daemon.Bip); err == nil {
		return p.Masked().String()
	}
	return bridgeSubnet
}

// isInIstio follows the rules of Istio's injector: the pod's own setting takes precedence over the namespace's.
func (c *converter) isInIstio(client *Client) bool {
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

func (c *converter) isInLinkerd(client *Client) bool {
	word := client.Template().Text("metadata", "annotations", "linkerd.io/inject")
	if ns := c.namespaceOf(client); word == "" && ns != nil {
		word = ns.Annotation("linkerd.io/inject")
	}
	return word == "enabled" || word == "ingress"
}

// isInKuma reads the label, and the annotation of earlier versions (kuma.io, Data plane on Kubernetes).
func (c *converter) isInKuma(client *Client) bool {
	const injection = "kuma.io/sidecar-injection"
	pod := client.Template().Get("metadata")
	word := cmp.Or(pod.Text("labels", injection), pod.Text("annotations", injection))
	if ns := c.namespaceOf(client); word == "" && ns != nil {
		word = cmp.Or(ns.Label(injection), ns.Annotation(injection))
	}
	return word == "enabled" || word == "true"
}

const consulRedirection = "consul.hashicorp.com/transparent-proxy"

// isInConsul reports whether Consul redirects the pod's inbound traffic (developer.hashicorp.com/consul, Annotations
// and labels). Where the cluster injects all pods by default, the input does not say so.
func (c *converter) isInConsul(client *Client) bool {
	annotations := client.Template().Get("metadata", "annotations")
	redirects := annotations.Text(consulRedirection)
	if ns := c.namespaceOf(client); redirects == "" && ns != nil {
		redirects = ns.Label(consulRedirection)
	}
	return annotations.Text("consul.hashicorp.com/connect-inject") == "true" && redirects != "false"
}

// namespaceOf returns the Namespace of a workload in the input, or nil.
func (c *converter) namespaceOf(client *Client) *kube.Object {
	if client.ref.Namespace == "" {
		return nil
	}
	return c.Set.Find("", "Namespace", "", client.ref.Namespace)
}
