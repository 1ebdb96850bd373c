package convert

import (
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
)

// Values of mountPropagation.
const (
	bidirectional   = "Bidirectional"
	hostToContainer = "HostToContainer"
)

// propagation returns the propagation of a mirrored mount: the client's, but never Bidirectional in a daemon that is
// not privileged, which the API server refuses (k8s.io/kubernetes, pkg/apis/core/validation,
// validateMountPropagation).
func (c *converter) propagation(mount kube.Field, s *sidecar) *string {
	own := mount.Get("mountPropagation")
	if own.Text() != bidirectional || s.isPrivileged() {
		return optional(own.Text())
	}
	own.Warn(report.Because(report.IsolationLimits, "is %s in the daemon, since a daemon with spec.daemon.isolation %s "+
		"is not privileged: what nested containers mount below %s is not mounted in the client; choose Privileged if it "+
		"must be", hostToContainer, c.Daemon.Isolation, mount.Text("mountPath")))
	return new(hostToContainer)
}

func (s *sidecar) isPrivileged() bool {
	return s.SecurityContext != nil && s.SecurityContext.Privileged != nil && *s.SecurityContext.Privileged
}
