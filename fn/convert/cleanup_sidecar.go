package convert

import (
	"fmt"
	"strings"
	"time"

	"github.com/boxp/dindify/fn/api"
	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/engine"
	"github.com/boxp/dindify/fn/journal"
	"github.com/boxp/dindify/fn/report"
)

// addPruner adds a second sidecar that prunes periodically through the shared socket. It needs no permissions in the
// cluster.
func (c *converter) addPruner(client *Client) {
	no, yes := false, true
	pruner := api.Container{
		Name: journal.PrunerContainer, Image: c.prunerImage(), RestartPolicy: new(api.ContainerRestartPolicyAlways),
		Command: []string{"/bin/sh", "-c", c.pruneLoop()}, Resources: c.Cleanup.Resources,
		SecurityContext: &api.SecurityContext{
			AllowPrivilegeEscalation: &no, ReadOnlyRootFilesystem: &yes,
			Capabilities: &api.Capabilities{Drop: []string{"ALL"}},
		},
	}
	c.connectPruner(&pruner)
	client.Get("initContainers").Insert(client.daemonAt+1, pruner, report.Because(report.CleanupSidecar, "removes unused "+
		"images and build cache, without permissions in the cluster"))
}

// prunerImage returns an image with docker. With mode Auto the configured image is the CronJob's.
func (c *converter) prunerImage() string {
	if c.Cleanup.Mode == config.CleanupSidecar && c.Cleanup.Image != "" {
		return c.Cleanup.Image
	}
	return c.Daemon.Image
}

// connectPruner connects the pruner to the daemon, as the user with the least privileges.
func (c *converter) connectPruner(p *api.Container) {
	user, group, yes := int64(65532), int64(engine.Group), true
	if c.Daemon.Isolation == config.Rootless {
		user, group = rootlessID, rootlessID
	}
	p.SecurityContext.RunAsUser, p.SecurityContext.RunAsGroup, p.SecurityContext.RunAsNonRoot = &user, &group, &yes
	p.Env = append(p.Env, c.connection(sharedSocket)...)
	p.Env = append(p.Env, api.EnvVar{Name: "HOME", Value: "/tmp"}) // docker requires a readable one
	switch c.Client.Transport {
	case config.Unix:
		p.VolumeMounts = []api.VolumeMount{{Name: journal.SocketVolume, MountPath: sharedDir}}
	case config.TLS:
		p.VolumeMounts = []api.VolumeMount{{Name: journal.CertsVolume, MountPath: clientCerts, ReadOnly: true}}
	}
}

// pruneLoop returns the pruner's script. The shell is the container's first process, which ignores signals without a
// trap; sleeping in the background lets the trap run immediately.
func (c *converter) pruneLoop() string {
	interval := 24 * time.Hour
	if d, err := time.ParseDuration(c.Cleanup.Interval); err == nil {
		interval = d
	}
	command := c.Cleanup.Command
	if len(command) == 0 {
		command = config.DefaultCommand
	}
	return fmt.Sprintf("trap 'exit 0' TERM INT\nwhile :; do\n  sleep %d & wait $!\n  %s\ndone\n", int(interval.Seconds()),
		shell(command))
}

// shell returns a command line as a shell script: the script itself for sh -c.
func shell(command []string) string {
	if len(command) == 3 && strings.HasSuffix(command[0], "sh") && command[1] == "-c" {
		return strings.TrimSuffix(command[2], "\n")
	}
	quoted := make([]string, len(command))
	for i, word := range command {
		quoted[i] = "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
	}
	return strings.Join(quoted, " ")
}
