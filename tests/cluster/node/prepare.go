// Package node starts a whole single-node Kubernetes inside a sandbox.
package node

import (
	"context"

	"github.com/boxp/dindify/tests/cluster/binaries"
	"github.com/boxp/dindify/tests/cluster/images"
)

// Prepare gets what a node is made of: programs and image layers. The first run takes about ten
// minutes and needs the Internet; later ones find everything in the cache directory.
func Prepare(ctx context.Context) error {
	err := binaries.Install(ctx, "etcd", "containerd", "ctr", "runc", "ip", "iptables", "conntrack", "socat",
		"dockerd", "docker", "/usr/lib/cni/bridge")
	if err != nil {
		return err
	}
	for _, name := range []string{"kube-apiserver", "kube-controller-manager", "kube-scheduler", "kubelet"} {
		if _, err := binaries.Kubernetes(ctx, name); err != nil {
			return err
		}
	}
	return images.Prepare(ctx)
}
