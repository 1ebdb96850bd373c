package convert

import (
	"fmt"
	"strings"

	"github.com/boxp/dindify/fn/api"
	"github.com/boxp/dindify/fn/config"
)

// configureNetwork sets the options of the daemon's networks and registries.
func configureNetwork(c *converter, client *Client, s *sidecar) {
	d := c.Daemon
	flag := func(format string, args ...any) { s.dockerd = append(s.dockerd, fmt.Sprintf(format, args...)) }
	if d.MTU != 0 {
		flag("--mtu=%d", d.MTU)
		// User-defined networks, such as compose's, do not follow --mtu (actions-runner-controller#1046).
		flag("--default-network-opt=bridge=com.docker.network.driver.mtu=%d", d.MTU)
		if d.Isolation == config.Rootless {
			s.setenv("DOCKERD_ROOTLESS_ROOTLESSKIT_MTU", fmt.Sprint(d.MTU))
		}
	}
	for _, m := range d.RegistryMirrors {
		flag("--registry-mirror=%s", m)
	}
	for _, r := range d.InsecureRegistries {
		flag("--insecure-registry=%s", r)
	}
	if d.Bip != "" {
		flag("--bip=%s", d.Bip)
	}
	for _, p := range d.DefaultAddressPools {
		flag("--default-address-pool=base=%s,size=%d", p.Base, p.Size)
	}
	switch d.IPTables { // read by the image's entrypoint: any value means legacy, the empty one nft
	case config.Legacy:
		s.setenv("DOCKER_IPTABLES_LEGACY", "1")
	case config.NFT:
		s.setenv("DOCKER_IPTABLES_LEGACY", "")
	}
	if d.Isolation == config.GVisor { // its netfilter lacks features that dockerd's rules use
		flag("--iptables=false")
		flag("--ip6tables=false")
	}
	proxy(client, s, d.Env)
}

// proxy copies the client's proxy variables: the daemon pulls the images.
func proxy(client *Client, s *sidecar, own []api.EnvVar) {
	containers := client.socketContainers()
	for _, name := range []string{"HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy"} {
		for _, container := range containers {
			v := container.Env(name)
			if v.Text("value") == "" || has(own, name) || has(s.Env, name) {
				continue
			}
			if !strings.Contains(v.Text("value"), "$(") {
				s.setenv(name, v.Text("value"))
			}
		}
	}
}

func has(env []api.EnvVar, name string) bool {
	for _, v := range env {
		if v.Name == name {
			return true
		}
	}
	return false
}
