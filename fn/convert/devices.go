package convert

import (
	"strings"

	"github.com/boxp/dindify/fn/commands"
	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/pattern"
	"github.com/boxp/dindify/fn/report"
)

// gpuOption matches docker run with a GPU.
var gpuOption = pattern.Lazy(commands.Docker + `[^;&|\n]*\s--gpus\b`)

// warnOfDevices warns of devices that a client has from Kubernetes, or asks Docker for: nested containers got them from
// the node's Docker, but the daemon in the pod has none.
func warnOfDevices(c *converter, client *Client) {
	for _, container := range client.socketContainers() {
		limits := container.Get("resources", "limits")
		for _, name := range limits.Keys() {
			if isExtended(name) {
				c.warnOfDevice(limits.Get(name), name)
			}
		}
		for _, claim := range container.Get("resources", "claims").Items() {
			c.warnOfDevice(claim, "the claim "+claim.Text("name"))
		}
		if strings.Contains(commands.All(container.Container), "--gpus") {
			commands.Find(container.Container, gpuOption(), func(at kube.Field, _ string) { c.warnOfDevice(at, "a GPU") })
		}
		if v := container.Env("SANDBOX_ENABLE_GPU"); strings.EqualFold(v.Text("value"), "true") {
			c.warnOfDevice(v, "a GPU")
		}
	}
	if class := client.Get("runtimeClassName"); strings.Contains(class.Text(), "nvidia") {
		c.warnOfDevice(class, "a GPU")
	}
}

func (c *converter) warnOfDevice(at kube.Field, name string) {
	text := "is only assigned to the client: the daemon cannot pass it to nested containers"
	switch {
	case c.Daemon.Isolation == config.Privileged && isDeviceFile(name):
		at.Info(report.Because(report.NodeDevice, "the daemon is privileged, and has the device file without the resource"))
		return
	case isNVIDIA(name):
		text = "nested containers get none of it: docker run --gpus fails with \"could not select device driver\""
		if c.Daemon.Image == config.DaemonImage || c.Daemon.Image == config.RootlessImage {
			text += ", since " + c.Daemon.Image + " has no NVIDIA Container Toolkit"
		}
	}
	at.Warn(report.Because(report.DeviceNotPassed, "%s; use an image with the device's runtime in spec.daemon.image and "+
		"request the device in spec.daemon.resources, or use the device in the client itself", text))
}

// isNVIDIA reports whether docker run --gpus is how containers get the device. Others are passed on by --device.
func isNVIDIA(name string) bool {
	return name == "a GPU" || strings.Contains(name, "nvidia.com/")
}

// isDeviceFile reports whether a resource is only a device file of the node, such as /dev/kvm: those of KubeVirt and of
// smarter-device-manager are.
func isDeviceFile(name string) bool {
	return strings.HasPrefix(name, "devices.kubevirt.io/") || strings.HasPrefix(name, "smarter-devices/")
}

// isExtended reports whether a resource is not one of Kubernetes' own: those of device plugins have a domain prefix.
func isExtended(name string) bool {
	domain, _, found := strings.Cut(name, "/")
	return found && domain != "kubernetes.io" && !strings.HasSuffix(domain, ".kubernetes.io")
}
