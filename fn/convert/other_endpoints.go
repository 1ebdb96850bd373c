package convert

import (
	"slices"

	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/pattern"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/socket"
)

var unixEndpoint = pattern.Lazy(`unix://[^\s"',;]*`)

// pointOtherEndpoints sees to variables and arguments of an application's own that lead to the old socket. They keep
// working with a shared socket, which stands where the old one did, and with no other transport: there a variable that
// holds nothing else is changed, and the rest is named.
func (c *Conversion) pointOtherEndpoints(cc clientContainer) {
	if c.Client.Transport == config.Unix {
		return
	}
	for _, v := range cc.Get("env").Items() {
		value := v.Text("value")
		switch at := cc.leadsToSocket(value); {
		case at == "" || v.Text("name") == "DOCKER_HOST":
		case at == value && c.Client.Transport == config.TCP:
			v.Set("value", "tcp://localhost:2375", report.Because(report.EnvSet, "led to the socket that is not there any more"))
		default:
			v.Warn(gone(v.Text("name"), at))
		}
	}
	for _, list := range []string{"command", "args"} {
		for _, arg := range cc.Get(list).Items() {
			if at := cc.leadsToSocket(arg.Text()); at != "" {
				arg.Warn(gone("this argument", at))
			}
		}
	}
}

func gone(what, endpoint string) report.Reason {
	return report.Because(report.DockerHostForeign, "%s leads to %s, which is not there any more: choose spec.client.transport Unix, or change it to tcp://localhost", what, endpoint)
}

// leadsToSocket is the endpoint in a text that names a socket which the container mounted; "" where none does.
func (cc clientContainer) leadsToSocket(text string) string {
	for _, endpoint := range unixEndpoint().FindAllString(text, -1) {
		if slices.ContainsFunc(cc.uses, func(u *Use) bool {
			return socket.Normalize(endpoint[len("unix://"):]) == socket.Normalize(u.SocketPath())
		}) {
			return endpoint
		}
	}
	return ""
}
