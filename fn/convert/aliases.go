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
		own, ok := client.alias(name)
		switch {
		case !ok:
			missing = append(missing, name)
		case own.Text("ip") != loopback:
			own.Warn(report.Because(report.NodeAddress, "%s is %s here, but ports that the daemon publishes are on the pod: "+
				"if that is a node's address, remove the name, and dindify sets it to %s", name, own.Text("ip"), loopback))
		}
	}
	if len(missing) > 0 {
		client.addAliases(missing)
	}
}

// alias returns the entry of the pod's hostAliases with a name.
func (cl *Client) alias(name string) (kube.Field, bool) {
	all := cl.Get("hostAliases").Items()
	i := slices.IndexFunc(all, func(a kube.Field) bool { return slices.Contains(a.Texts("hostnames"), name) })
	if i < 0 {
		return kube.Field{}, false
	}
	return all[i], true
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
