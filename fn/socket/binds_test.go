package socket

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestScanKnowsBindMountsOfEveryForm: a mount of Docker SDK, Packer, systemd, fstab, LXC, Unraid has no key before it.
func TestScanKnowsBindMountsOfEveryForm(t *testing.T) {
	for text, want := range map[string][]string{
		`volumes={"/run": {"bind": "/s", "mode": "rw"}, '/run/podman/podman.sock': {'bind': '/p'}})`: {
			"bind mount /run", "bind mount /run/podman/podman.sock",
		},
		`volumes = { "/run/docker.sock" = "/s" }`:                     {"bind mount /run/docker.sock"},
		`"/run/docker.sock": "/s"`:                                    {"bind mount /run/docker.sock"},
		`"/run/docker.sock": "no path"`:                               {"plain /run/docker.sock"},
		"Bind=/run/docker.sock":                                       {"bind mount /run/docker.sock"},
		"BindReadOnlyPaths=/run/docker.sock:/s":                       {"bind mount /run/docker.sock"},
		"lxc.mount.entry = /run/docker.sock run/d.sock none bind 0 0": {"bind mount /run/docker.sock"},
		"/run /srv none ro,rbind 0 0":                                 {"bind mount /run"},
		"/run /srv ext4 defaults 0 0":                                 {"plain /run"},
		`<Config Target="/run/docker.sock" Type="Path">/run</Config>`: {"plain /run/docker.sock", "bind mount /run"},
		"<HostDir>/run</HostDir>":                                     {"host path /run"},
		`host_volumes = ["/run/docker.sock", "/run:/x"]`: {
			"host path /run/docker.sock", "bind mount /run",
		},
		"- {{ s | default('/run/docker.sock') }}:/s":                               {"bind mount /run/docker.sock"},
		`- {{ default "/run/docker.sock" .Values.s }}:/s`:                          {"bind mount /run/docker.sock"},
		"hostPath:\n  path: {{ .Values.s\n    | default \"/run/docker.sock\" }}\n": {"host path /run/docker.sock"},
	} {
		var got []string
		for _, m := range Scan(text) {
			got = append(got, fmt.Sprintf("%s %s", m.Role, m.Path))
		}
		require.Equal(t, want, got, text)
	}
}
