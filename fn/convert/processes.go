package convert

import "github.com/boxp/dindify/fn/report"

// warnOfProcesses warns of a shared process namespace.
func warnOfProcesses(_ *converter, client *Client) {
	if client.True("shareProcessNamespace") {
		client.Get("shareProcessNamespace").Warn(report.Because(report.SharedProcesses,
			"lets the application see the processes of the daemon and its containers, and as root the daemon's files in /proc; "+
				"orphaned processes of nested containers belong to the pause container: remove it unless the "+
				"application needs it"))
	}
}
