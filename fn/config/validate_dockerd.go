package config

import (
	"fmt"
	"slices"
	"strings"
)

// ownFlags maps flags of dockerd that dindify sets, to what to set instead. dockerd uses the last value.
var ownFlags = map[string]string{
	"--data-root": "set spec.daemon.storage",
	"--exec-root": "omit it",
	"--group":     "omit it: the clients are in the socket's group",
	"-G":          "omit it: the clients are in the socket's group",
	"-g":          "set spec.daemon.storage",
}

// endingFlags make dockerd print something, and end.
var endingFlags = []string{"--help", "-h", "--validate", "--version", "-v"}

// OwnSetting returns what to set instead of a key of dockerd's configuration file that dindify sets; "" for others.
func OwnSetting(key string) string { return ownFlags["--"+key] }

// validateDockerdFlags refuses arguments that take the daemon from its clients, or that open it to other pods.
func (d *decoder) validateDockerdFlags(c Daemon) {
	if len(c.ExtraArgs) > 0 && !strings.HasPrefix(c.ExtraArgs[0], "-") {
		d.problem("spec.daemon.extraArgs[0]", "must be a flag such as --debug, got %q: dockerd takes no other arguments",
			c.ExtraArgs[0])
	}
	for i, f := range flags(c.ExtraArgs) {
		path := fmt.Sprintf("spec.daemon.extraArgs[%d]", i)
		if way := ownFlags[f.name]; way != "" {
			d.problem(path, "%s is set by dindify: %s", f.name, way)
		}
		if slices.Contains(endingFlags, f.name) {
			d.problem(path, "%s makes dockerd end at once: omit it", f.name)
		}
		if strings.HasPrefix(f.value, "fd://") && slices.Contains(HostFlags, f.name) {
			d.problem(path, "%s needs systemd, which does not run in the daemon's container: omit it", c.ExtraArgs[i])
		}
		if _, open := OpenPort(f.value); open && slices.Contains(HostFlags, f.name) {
			d.problem(path, "%s opens Docker's API to every pod: set spec.client.transport", c.ExtraArgs[i])
		}
	}
}
