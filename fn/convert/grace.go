package convert

import (
	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/report"
)

const (
	defaultGrace   = 30 // seconds, the API's default
	daemonShutdown = 15 // seconds that dockerd waits for its containers (moby daemon/config: ShutdownTimeout)
)

// grace adds the time that the daemon needs to stop. A sidecar is stopped only after the client has ended, with the
// rest of the grace period.
func grace(c *converter, client *Client) {
	if c.Daemon.Startup != config.Sidecar {
		return
	}
	had := defaultGrace
	if n, ok := client.Get("terminationGracePeriodSeconds").Int(); ok {
		had = n
	}
	client.Set("terminationGracePeriodSeconds", had+daemonShutdown, report.Because(report.GracePeriod, "%d seconds for "+
		"the client as before, and %d for the daemon after it", had, daemonShutdown))
}
