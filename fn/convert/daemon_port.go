package convert

import (
	"net"

	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/engine"
	"github.com/boxp/dindify/fn/report"
)

// warnOfDaemonPort warns of a container that declares the port of the daemon's transport.
func (c *converter) warnOfDaemonPort(client *Client, port string) {
	by := "spec.client.transport " + string(c.Client.Transport)
	client.warnOfPort(port, by, "set the transport to Unix", port == engine.TLSPort)
}

// warnOfMetricsPort does so for the port of dockerd's metrics. A rootless daemon's is not in the pod's network.
func (c *converter) warnOfMetricsPort(client *Client) {
	if c.Daemon.Isolation == config.Rootless {
		return
	}
	for _, address := range config.FlagValues(c.Daemon.ExtraArgs, "--metrics-addr") {
		if _, port, err := net.SplitHostPort(address); err == nil {
			client.warnOfPort(port, "--metrics-addr in spec.daemon.extraArgs", "change that of the flag", false)
		}
	}
}

// warnOfPort warns of a container that declares a port on which the daemon will listen: the containers of a pod share
// one network.
func (cl *Client) warnOfPort(port, by, way string, isOpen bool) {
	for _, container := range cl.Containers() {
		for _, p := range container.Get("ports").Items() {
			if protocol := p.Text("protocol"); protocol != "" && protocol != "TCP" ||
				p.Text("containerPort") != port {
				continue
			}
			exposed := ""
			if node := p.Text("hostPort"); node != "" && node != "0" && isOpen {
				exposed = "; port " + node + " of the node leads to the daemon"
			}
			p.Warn(report.Because(report.NameTaken, "the pod's daemon listens on port %s with %s, and the container of the two "+
				"that starts last cannot%s: remove the entry if the application does not listen there, or change its port, or %s",
				port, by, exposed, way))
		}
	}
}
