package convert

import (
	"strings"

	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
)

// warnOfDevices names the devices that Kubernetes gives to a client: nested containers got them from the node's Docker,
// and the daemon in the pod is given none.
func warnOfDevices(c *Conversion, client *Client) {
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
		if v := container.Env("SANDBOX_ENABLE_GPU"); strings.EqualFold(v.Text("value"), "true") {
			c.warnOfDevice(v, "a GPU")
		}
	}
	if class := client.Get("runtimeClassName"); strings.Contains(class.Text(), "nvidia") {
		c.warnOfDevice(class, "a GPU")
	}
}

func (c *Conversion) warnOfDevice(at kube.Field, name string) {
	text := "is given to the client alone: the daemon cannot pass it on to nested containers"
	if isNVIDIA(name) {
		text = "nested containers get none of it: docker run --gpus fails with \"could not select device driver\""
		if c.Daemon.Image == config.DaemonImage || c.Daemon.Image == config.RootlessImage {
			text += ", since " + c.Daemon.Image + " has no NVIDIA Container Toolkit"
		}
	}
	at.Warn(report.Because(report.DeviceNotPassed, "%s; use an image with the device's runtime in spec.daemon.image and "+
		"give the device to it in spec.daemon.resources, or let the client itself do what needs it", text))
}

// isNVIDIA reports whether docker run --gpus is how containers get the device. Others are passed on by --device.
func isNVIDIA(name string) bool {
	return name == "a GPU" || strings.HasPrefix(name, "the claim ") || strings.Contains(name, "nvidia.com/")
}

// isExtended says whether a resource is none of Kubernetes' own: those of device plugins have a domain in front.
func isExtended(name string) bool {
	domain, _, found := strings.Cut(name, "/")
	return found && domain != "kubernetes.io" && !strings.HasSuffix(domain, ".kubernetes.io")
}
