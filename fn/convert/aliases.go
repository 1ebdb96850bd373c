package convert

import (
	"slices"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
)

const loopback = "127.0.0.1"

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
