package convert

import "github.com/boxp/dindify/fn/report"

// Ports of the daemon, by its transport.
const (
	tcpPort = "2375"
	tlsPort = "2376"
)

// warnOfDaemonPort warns of a container that declares the port on which the daemon will listen: the containers of a
// pod share one network.
func (c *converter) warnOfDaemonPort(client *Client, port string) {
	for _, container := range client.Containers() {
		for _, p := range container.Get("ports").Items() {
			if protocol := p.Text("protocol"); protocol != "" && protocol != "TCP" ||
				p.Text("containerPort") != port {
				continue
			}
			exposed := ""
			if node := p.Text("hostPort"); node != "" && node != "0" && port == tlsPort {
				exposed = "; port " + node + " of the node leads to the daemon"
			}
			p.Warn(report.Because(report.NameTaken, "the pod's daemon listens on port %s with spec.client.transport %s, and "+
				"the container of the two that starts last cannot%s: remove the entry if the application does not listen there, "+
				"or change its port, or set the transport to Unix", port, c.Client.Transport, exposed))
		}
	}
}
