package convert

import (
	"strconv"

	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/manifest"
	"github.com/boxp/dindify/fn/report"
)

// cleanup keeps the daemons' disks from filling up, in the way that the configuration names.
func cleanup(c *Conversion) {
	for _, client := range c.Clients {
		if client.Place.Completes || client.Object().Kind() == "Pod" {
			continue // ends, and its images with it
		}
		switch c.Cleanup.Mode {
		case config.CleanupCronJob:
			c.cleanByCronJob(client)
		case config.CleanupSidecar:
			c.addPruner(client)
		}
	}
}

// cleanable says whether kubectl exec can find the pods of a client.
func (c *Conversion) cleanable(client *Client) bool {
	return client.Place.Exec != "" && !client.Place.Completes && client.Object().Kind() != "Pod"
}

func (c *Conversion) cleanByCronJob(client *Client) {
	if !c.cleanable(client) {
		client.Warn(report.Because(report.CleanupKind, "gets no clean-up: kubectl exec cannot find the pods of a %s; set spec.cleanup.mode to Sidecar", client.Object().Kind()))
		return
	}
	if n, _ := strconv.Atoi(client.Template().Parent().Text("replicas")); n > 1 || client.Object().Kind() == "DaemonSet" {
		client.Template().Parent().Get("replicas").Warn(report.Because(report.CleanupReplicas, "kubectl exec cleans one pod only, and there are several: set spec.cleanup.mode to Sidecar"))
	}
	names := c.names(client)
	if job := c.jobOf(client); job != nil {
		c.rewrite(job, names)
	} else {
		c.generate(client, cronJob(c, client, names))
	}
	for _, o := range rbac(client, names) {
		c.generate(client, o)
	}
}

func (c *Conversion) jobOf(client *Client) *Cleanup {
	for _, job := range c.Cleanups {
		if job.serves == client {
			return job
		}
	}
	return nil
}

// cleanupNames are what the objects of one client's clean-up are called.
type cleanupNames struct{ job, serviceAccount, role, binding string }

func (c *Conversion) names(client *Client) cleanupNames {
	or := func(name, fallback string) string {
		if name != "" {
			return name
		}
		return fallback
	}
	o := c.Cleanup
	n := cleanupNames{job: or(o.Name, client.Object().Name()+"-docker-cleanup")}
	n.serviceAccount = or(o.ServiceAccountName, n.job+"-sa")
	n.role = or(o.RoleName, n.job+"-exec")
	n.binding = or(o.RoleBindingName, n.role+"-binding")
	return n
}

// exec is the command line that runs another one in the daemon's container of a client. It fails where no pod runs.
func (c *Conversion) exec(client *Client, command []string) []string {
	line := []string{"kubectl", "exec"}
	if client.Object().Kind() == "StatefulSet" || client.Object().Kind() == "DaemonSet" {
		line = append(line, "--pod-running-timeout=1m")
	}
	target := client.Place.Exec + "/" + client.Object().Name()
	return append(append(line, target, "-c", c.Daemon.Name, "--"), command...)
}

// generate adds an object to the input, in the place of the one of the same name that an earlier run generated.
func (c *Conversion) generate(client *Client, o generated) {
	if other := c.Set.Find(o.group(), o.kind, client.Object().Namespace(), o.name); other != nil {
		other.Root().Error(report.Because(report.NameTaken, "dindify generates an object of this name for %s, and there is another one: set spec.cleanup.%s to another name", client.Object().Title(), o.field))
		return
	}
	if err := c.Set.Add(client.Object(), o.value); err != nil {
		c.fail(err)
		return
	}
	client.Info(report.Because(report.CleanupGenerated, "added %s/%s", o.kind, o.name))
}

// marks are the labels and annotations of what is generated for a client.
func marks(client *Client) (labels, annotations map[string]string) {
	return map[string]string{manifest.ManagedBy: "dindify"}, map[string]string{manifest.Serves: client.Object().Title()}
}
