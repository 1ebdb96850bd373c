package convert

import "github.com/boxp/dindify/fn/report"

// warnOfSharedProcesses says what a shared process namespace gives to the client.
func warnOfSharedProcesses(_ *Conversion, client *Client) {
	if client.True("shareProcessNamespace") {
		client.Get("shareProcessNamespace").Warn(report.Because(report.SharedProcesses,
			"lets the application see the daemon and all that it runs, and as root reach the daemon's files by /proc; "+
				"processes that nested containers leave behind are the pause container's: remove it unless the "+
				"application needs it"))
	}
}
