package convert

import (
	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
)

// cleanup keeps the daemon's disk from filling up, in the configured mode.
func cleanup(c *converter, client *Client) {
	switch c.cleanupOf(client) {
	case config.CleanupCronJob:
		c.cleanByCronJob(client)
	case config.CleanupSidecar:
		c.addPruner(client)
	default:
		c.explainNoCleanup(client)
	}
}

// cleanupOf returns the clean-up mode of a client.
func (c *converter) cleanupOf(client *Client) config.CleanupMode {
	isPod, bySidecar := client.ref.Kind == "Pod", c.Cleanup.Mode == config.CleanupSidecar
	switch {
	case client.location.Completes || isPod && !bySidecar:
		return config.CleanupNone // it terminates, and its images are deleted with it
	case c.Cleanup.Mode != config.CleanupAuto:
		return c.Cleanup.Mode
	case client.job == nil && c.Daemon.Startup == config.Sidecar:
		return config.CleanupSidecar
	}
	return config.CleanupCronJob
}

// cleanable reports whether kubectl exec can find the pods of a client.
func (c *converter) cleanable(client *Client) bool {
	return client.location.Exec != "" && client.named && !client.location.Completes && client.ref.Kind != "Pod"
}

func (c *converter) cleanByCronJob(client *Client) {
	if !c.cleanable(client) {
		c.warnOfNoExec(client)
		return
	}
	if o, ok := c.runsSeveral(client); ok {
		client.warnAt(o.field, report.Because(report.CleanupReplicas, "%s, but kubectl exec cleans only one pod of %s: set "+
			"spec.cleanup.mode to Sidecar", o.why, client.title()))
	}
	warnOfSuspension(client)
	names := c.names(client)
	if client.job == nil {
		c.generate(client, cronJob(c, client, names))
	}
	for _, o := range rbac(client, names) {
		c.generate(client, o)
	}
}

// exec returns the command line that runs another one in a client's daemon container. It fails if no pod runs.
func (c *converter) exec(client *Client, command []string) []string {
	line := []string{"kubectl", "exec"}
	if client.ref.Kind == "StatefulSet" || client.ref.Kind == "DaemonSet" {
		line = append(line, "--pod-running-timeout=1m")
	}
	return append(append(line, c.target(client), "-c", c.Daemon.Name, "--"), command...)
}

// generate records an object to generate for a client.
func (c *converter) generate(client *Client, g generated) {
	made, err := c.Set.Make(client.Object(), g.value)
	if err != nil {
		client.Error(report.Because(report.Internal, "%v", err))
		return
	}
	g.made, g.value = made, nil
	client.generated = append(client.generated, g)
}

// addGenerated adds the objects generated for a client to the input, in the slots of those of an earlier run.
func (c *converter) addGenerated(client *Client) {
	for _, g := range client.generated {
		if other := c.Set.Find(kube.GroupOf(g.apiVersion), g.kind, client.ref.Namespace, g.name); other != nil {
			taken := report.Because(report.NameTaken, "dindify generates an object of this name for %s, but there "+
				"is already another one: set spec.cleanup.%s to another name", client.title(), g.field)
			other.ReportingTo(&client.report).Root().Error(taken)
			continue
		}
		c.Set.Add(g.made)
		added := report.Because(report.CleanupGenerated, "added %s/%s", g.kind, g.name)
		if g.kind == "Role" {
			added = report.Because(report.CleanupExec,
				"added Role/%s: with pods/exec its ServiceAccount may run commands in every pod of the namespace; "+
					"spec.cleanup.mode Sidecar needs no Role", g.name)
		}
		client.report.Add(report.Finding{Severity: report.Info, Object: client.ref, Path: client.at.Path(), Reason: added})
	}
}

// generatedMeta returns the labels and annotations of generated objects.
func generatedMeta(client *Client) (labels, annotations map[string]string) {
	return map[string]string{kube.ManagedByLabel: "dindify"}, map[string]string{kube.ServesAnnotation: client.title()}
}
