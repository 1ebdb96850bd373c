// Package node starts a complete single-node Kubernetes inside a sandbox.
package node

import (
	"context"

	"github.com/boxp/dindify/tests/cluster/binaries"
	"github.com/boxp/dindify/tests/cluster/images"
)

// Prepare gets the programs and image layers for a node of the selected parts. The first run takes most of an hour on
// two cores and needs the Internet; later ones find everything in the cache directory.
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
	if err := prepareRuntimes(ctx, binaries.Selected()); err != nil {
		return err
	}
	return images.Prepare(ctx)
}

// prepareRuntimes builds the runtimes that the machine's own packages do not provide.
func prepareRuntimes(ctx context.Context, parts binaries.Parts) error {
	if parts.Containerd.Dir == "" {
		return nil
	}
	if err := binaries.Install(ctx, "gcc", "pkg-config", "/usr/include/seccomp.h"); err != nil {
		return err
	}
	for _, program := range []struct {
		of        binaries.Module
		pkg, name string
	}{
		{parts.Containerd, parts.Containerd.Path + "/cmd/containerd", "containerd"},
		{parts.Containerd, parts.Containerd.Path + "/cmd/containerd-shim-runc-v2", "containerd-shim-runc-v2"},
		{parts.Containerd, parts.Containerd.Path + "/cmd/ctr", "ctr"},
		{parts.Runc, parts.Runc.Path, "runc"},
		{parts.GVisor, parts.GVisor.Path + "/runsc", "runsc"},
		{parts.GVisorShim, parts.GVisor.Path + "/shim", "containerd-shim-runsc-v1"},
	} {
		if _, err := program.of.ProgramAs(ctx, program.pkg, program.name); err != nil {
			return err
		}
	}
	for _, name := range []string{runtimeProgram, gvisorRuntimeProgram} {
		if _, err := binaries.Build(ctx, name, "node/runtime"); err != nil {
			return err
		}
	}
	return nil
}

// The wrappers of runc and runsc; see the folder runtime.
const (
	runtimeProgram       = "runtime"
	gvisorRuntimeProgram = "runtime-runsc"
)
