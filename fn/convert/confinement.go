package convert

import (
	"github.com/boxp/dindify/fn/api"
	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/report"
)

// confine exempts the daemon from restrictions of the pod's security context.
func confine(c *converter, client *Client, s *sidecar) {
	profile := client.Get("securityContext", "appArmorProfile")
	if !profile.Exists() || profile.Text("type") == api.AppArmorProfileTypeUnconfined {
		return
	}
	switch c.Daemon.Isolation {
	case config.Privileged, config.Rootless: // dockerd mounts file systems, which an application's profile rarely allows
		s.SecurityContext.AppArmorProfile = unconfinedProfile()
	case config.Sysbox:
		profile.Warn(report.Because(report.IsolationConflict,
			"also applies to the daemon, which mounts file systems: if it does not start, move the profile to the "+
				"application's containers"))
	}
}

func unconfinedProfile() *api.AppArmorProfile {
	return &api.AppArmorProfile{Type: api.AppArmorProfileTypeUnconfined}
}
