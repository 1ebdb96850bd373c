package convert

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/engine"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/sources"
)

// Paths of dockerd's configuration file (moby, daemon/command/daemon.go; rootless: XDG_CONFIG_HOME).
const (
	daemonFile         = "/etc/docker/daemon.json"
	daemonFileRootless = "/home/rootless/.config/docker/daemon.json"
)

// checkDaemonFile checks a configuration file that the daemon mounts from a ConfigMap or Secret of the input. dockerd
// does not start with a file that is no JSON, or that repeats one of its arguments.
func checkDaemonFile(c *converter, client *Client) {
	daemon := client.Container(c.Daemon.Name)
	args := daemon.Texts("args")
	if setsSystemdCgroups(config.FlagValues(args, "--exec-opt")) {
		client.report.Add(report.Finding{
			Severity: report.Warning, Path: "spec.daemon.extraArgs",
			Reason: report.Because(report.DaemonConfig, "--exec-opt %s: %s; omit it", systemdCgroups, needsSystemd),
		})
	}
	c.checkFlags(client)
	reads := c.daemonFile(args)
	for _, t := range c.sources.MountedFiles(client.Pod, daemon) {
		switch {
		case t.Path == reads:
			c.checkDaemonSettings(client, t, args)
		case t.Path == daemonFile && reads == daemonFileRootless:
			client.warnAt(t.Field, report.Because(report.DaemonConfig, "a rootless daemon does not read %s, where "+
				"spec.daemon.volumeMounts has this file: mount it at %s", daemonFile, reads))
		}
	}
}

// checkFlags checks the user's own flags of dockerd.
func (c *converter) checkFlags(client *Client) {
	for i, flag := range config.FlagNames(c.Daemon.ExtraArgs) {
		if why, certain := engine.LacksFlag(c.Daemon.Image, flag); why != "" {
			client.report.Add(report.Finding{
				Severity: severityOf(certain), Path: fmt.Sprintf("spec.daemon.extraArgs[%d]", i),
				Reason: report.Because(report.DaemonConfig, "%s %s", flag, why),
			})
		}
	}
}

// daemonFile returns the path of the configuration file that dockerd reads.
func (c *converter) daemonFile(args []string) string {
	if given := config.FlagValues(args, "--config-file"); len(given) > 0 {
		return given[len(given)-1]
	}
	if c.Daemon.Isolation == config.Rootless {
		return daemonFileRootless
	}
	return daemonFile
}

func (c *converter) checkDaemonSettings(client *Client, t sources.File, args []string) {
	add := func(severity report.Severity, problem string, args ...any) {
		client.reportAt(severity, t.Field, report.Because(report.DaemonConfig, problem, args...))
	}
	text := strings.TrimSpace(strings.TrimPrefix(t.Text, "\ufeff"))
	if text == "" {
		return // as if there were no file
	}
	var settings map[string]any
	if err := json.Unmarshal([]byte(text), &settings); err != nil {
		add(report.Error, "the daemon of %s does not start with this configuration file: %v", client.title(), err)
		return
	}
	settings = flattened(settings)
	for _, key := range slices.Sorted(maps.Keys(settings)) {
		own, flag := config.OwnSetting(key), flagOf(key)
		switch {
		case own != "":
			add(report.Error, "%s is set by dindify for the daemon of %s: remove it here (%s)", key, client.title(), own)
		case len(config.FlagValues(c.daemonArgs(args), flag...)) > 0:
			add(report.Error, "%s is also an argument of the daemon of %s (%s), which does not start with both: remove it here",
				key, client.title(), flag[0])
		case key == "exec-opts" && setsSystemdCgroups(textsOf(settings[key])):
			add(report.Warning, "%s: %s; omit it", systemdCgroups, needsSystemd)
		default:
			if why, certain := engine.LacksKey(c.Daemon.Image, key); why != "" {
				add(severityOf(certain), "%s %s", key, why)
			}
		}
	}
}

// severityOf is an error for what keeps the daemon of the chosen version from starting. Other images may have options
// of their own.
func severityOf(certain bool) report.Severity {
	if certain {
		return report.Error
	}
	return report.Warning
}

// flattened replaces mappings by their keys, as dockerd does.
func flattened(settings map[string]any) map[string]any {
	flat := map[string]any{}
	for key, value := range settings {
		if inner, isMap := value.(map[string]any); isMap && !slices.Contains(engine.Unflattened, key) {
			maps.Copy(flat, inner)
		} else {
			flat[key] = value
		}
	}
	return flat
}

// daemonArgs returns dockerd's arguments, with those that the image's entrypoint adds for TLS.
func (c *converter) daemonArgs(args []string) []string {
	if c.Client.Transport == config.TLS {
		return slices.Concat([]string{"--host=", "--tlsverify=", "--tlscacert=", "--tlscert=", "--tlskey="}, args)
	}
	return args
}

// flagOf returns the names of the flag with the meaning of a key.
func flagOf(key string) []string {
	if key == "hosts" {
		return config.HostFlags
	}
	return []string{"--" + engine.FlagOf(key)}
}

// systemdCgroups is in the configuration of most nodes, since kubeadm asked for it.
const (
	systemdCgroups = "native.cgroupdriver=systemd"
	needsSystemd   = "no container starts, since no systemd runs in the daemon's container"
)

func setsSystemdCgroups(options []string) bool { return slices.Contains(options, systemdCgroups) }

// textsOf returns the texts of a JSON array.
func textsOf(value any) (texts []string) {
	items, _ := value.([]any)
	for _, item := range items {
		if text, ok := item.(string); ok {
			texts = append(texts, strings.TrimSpace(text))
		}
	}
	return texts
}
