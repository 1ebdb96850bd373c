package config

import "fmt"

// ownVariable is a variable of the daemon's container that spec.daemon.env must not set: the last value counts.
type ownVariable struct {
	name string
	why  string
	in   func(Spec) bool // the configurations in which dindify sets it; nil for all
}

const (
	misleads  = "would mislead the daemon's own client"
	isOurs    = "is set by dindify"
	transport = "set spec.client.transport"
)

func isRootless(s Spec) bool { return s.Daemon.Isolation == Rootless }

// ownVariables lists these variables.
var ownVariables = []ownVariable{
	{"DOCKER_CONTEXT", misleads + ": omit it, since the daemon's container has one daemon", nil},
	{"DOCKER_HOST", misleads + ": " + transport, nil},
	{"DOCKER_TLS", misleads + ": " + transport, nil},
	{"DOCKER_TLS_VERIFY", misleads + ": " + transport, nil},
	// If it is empty, the image's entrypoint opens 0.0.0.0:2375 without TLS (docker-library/docker,
	// dockerd-entrypoint.sh).
	{"DOCKER_TLS_CERTDIR", isOurs + ": " + transport, nil},
	{"DOCKER_IPTABLES_LEGACY", isOurs + ": set spec.daemon.iptables", choosesIPTables},
	{"DOCKERD_ROOTLESS_ROOTLESSKIT_FLAGS", isOurs + ": " + transport, publishesPort},
	{"DOCKERD_ROOTLESS_ROOTLESSKIT_MTU", isOurs + ": set spec.daemon.mtu", choosesMTU},
	{"DOCKERD_ROOTLESS_ROOTLESSKIT_NET", isOurs + ": omit it, or set another spec.daemon.image", choosesNetwork},
	{"XDG_RUNTIME_DIR", isOurs + ": omit it, since the daemon's socket is there", isRootless},
}

func choosesIPTables(s Spec) bool { return s.Daemon.IPTables != Auto }

func publishesPort(s Spec) bool { return isRootless(s) && s.Client.Transport == TCP }

func choosesMTU(s Spec) bool { return isRootless(s) && s.Daemon.MTU != 0 }

// choosesNetwork reports whether the daemon has the default image, which is the rootless one then.
func choosesNetwork(s Spec) bool {
	return isRootless(s) && (s.Daemon.Image == DaemonImage || s.Daemon.Image == RootlessImage)
}

func ownVariableOf(s Spec, name string) *ownVariable {
	for i, v := range ownVariables {
		if v.name == name && (v.in == nil || v.in(s)) {
			return &ownVariables[i]
		}
	}
	return nil
}

// validateDaemonVariables refuses variables that dindify sets, or that lead the daemon's own client elsewhere.
func (d *decoder) validateDaemonVariables(s Spec) {
	for i, e := range s.Daemon.Env {
		if own := ownVariableOf(s, e.Name); own != nil {
			d.problem(fmt.Sprintf("spec.daemon.env[%d].name", i), "%s %s", e.Name, own.why)
		}
	}
}
