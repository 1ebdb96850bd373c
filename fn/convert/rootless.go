package convert

import (
	"slices"
	"strconv"
	"strings"

	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/report"
)

// rootlessID is the user and group of the rootless image, and the id of the daemon's root on the node.
const rootlessID = 1000

// rootless adds what a rootless daemon needs: its root is an ordinary user of the pod, in rootlesskit's own network.
func rootless(c *converter, client *Client, s *sidecar) {
	if c.Daemon.Isolation != config.Rootless {
		return
	}
	if c.Daemon.Image == config.RootlessImage { // its default, vpnkit, is unmaintained; older images lack this one
		s.setenv("DOCKERD_ROOTLESS_ROOTLESSKIT_NET", "slirp4netns")
	}
	hostGateway(c, s)
	c.ownVolumes(client)
}

// hostGateway makes host-gateway the pod. Docker's default is the bridge's address, which is unreachable in
// rootlesskit's network.
func hostGateway(c *converter, s *sidecar) {
	isSet := func(arg string) bool { return strings.HasPrefix(arg, "--host-gateway-ip") }
	if slices.ContainsFunc(c.Daemon.ExtraArgs, isSet) {
		return
	}
	const name = "POD_IP"
	if !has(c.Daemon.Env, name) {
		s.Env = append(s.Env, fieldVariable(name, "status.podIP"))
	}
	s.dockerd = append(s.dockerd, "--host-gateway-ip=$("+name+")")
}

// ownVolumes makes the pod's volumes writable for the daemon's root, and so for nested containers: by the pod's
// fsGroup, which the kubelet applies to all volumes except those of the node.
func (c *converter) ownVolumes(client *Client) {
	group := client.Get("securityContext", "fsGroup")
	switch own := client.Text("securityContext", "fsGroup"); own {
	case strconv.Itoa(rootlessID):
	case "":
		group.Parent().Set("fsGroup", rootlessID, report.Because(report.VolumesOwned, "the daemon's root is group %d on "+
			"the node: this lets nested containers write to the pod's volumes; files keep the group after a revert; the "+
			"kubelet changes every file of a claim at each start, unless fsGroupChangePolicy is OnRootMismatch", rootlessID))
		warnOfFileModes(client)
	default:
		group.Warn(report.Because(report.VolumesOwned, "the pod's volumes belong to group %s, and the root of a rootless "+
			"daemon is group %d: nested containers cannot write to them unless they are world-writable", own, rootlessID))
	}
	if !c.mirrors() {
		return
	}
	for _, container := range client.socketContainers() {
		for _, m := range container.Mounts() {
			if node := client.Pod.Volume(m.Text("name")).Text("hostPath", "path"); node != "" && !m.True("readOnly") {
				m.Warn(report.Because(report.VolumesOwned, "fsGroup does not change a hostPath: nested containers can write %s "+
					"only if user or group %d can on the node", node, rootlessID))
			}
		}
	}
}
