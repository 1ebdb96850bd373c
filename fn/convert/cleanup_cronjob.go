package convert

import (
	"slices"
	"strconv"

	"github.com/boxp/dindify/fn/api"
	"github.com/boxp/dindify/fn/commands"
	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
)

// generated is an object that a run adds.
type generated struct {
	kind, name string
	field      string // field of spec.cleanup with its name
	apiVersion string
	value      any
	made       *kube.PendingObject // of the value
}

// generates reports whether a client's conversion adds an object of a kind.
func (cl *Client) generates(kind string) bool {
	return slices.ContainsFunc(cl.generated, func(g generated) bool { return g.kind == kind })
}

// cronJob prunes a client's daemon, if the input has no job that pruned the node's.
func cronJob(c *converter, client *Client, names cleanupNames) generated {
	command, schedule := c.Cleanup.Command, c.Cleanup.Schedule
	if len(command) == 0 {
		command = config.DefaultCommand
	}
	if schedule == "" {
		schedule = "0 0 * * *"
	}
	one := int32(1)
	labels, annotations := generatedMeta(client)
	job := api.CronJob{
		TypeMeta: api.TypeMeta{APIVersion: "batch/v1", Kind: "CronJob"},
		ObjectMeta: api.ObjectMeta{
			Name: names.job, Namespace: client.Object().Namespace(), Labels: labels,
			Annotations: annotations,
		},
		Spec: api.CronJobSpec{Schedule: schedule, ConcurrencyPolicy: api.ForbidConcurrent, JobTemplate: api.JobTemplateSpec{
			Spec: api.JobSpec{BackoffLimit: &one, Template: api.PodTemplateSpec{
				ObjectMeta: c.targetMeta(client), Spec: c.cleanupPod(client, command, names),
			}},
		}},
	}
	job.Spec.JobTemplate.Spec.Template.Spec.InitContainers = []api.Container{c.targetContainer(client)}
	if client.idle {
		job.Spec.Suspend = new(true)
	}
	return generated{kind: "CronJob", name: names.job, field: "name", apiVersion: "batch/v1", value: job}
}

// cleanupPod runs the command in the daemon of a client. It keeps the client's settings for scheduling and image
// pulls.
func (c *converter) cleanupPod(client *Client, command []string, names cleanupNames) api.PodSpec {
	pod := api.PodSpec{
		Containers: []api.Container{{
			Name: "docker-cleanup", Image: c.kubectlImage(), Command: c.exec(client, command), Env: c.targetEnv(),
			Resources: c.Cleanup.Resources, SecurityContext: kubectlSecurity(),
		}},
		RestartPolicy:      api.RestartPolicyNever,
		ServiceAccountName: names.serviceAccount,
		PriorityClassName:  client.Text("priorityClassName"),
	}
	for _, secret := range client.Get("imagePullSecrets").Items() {
		pod.ImagePullSecrets = append(pod.ImagePullSecrets, api.LocalObjectReference{Name: secret.Text("name")})
	}
	for _, t := range client.Get("tolerations").Items() {
		toleration := api.Toleration{
			Key: t.Text("key"), Operator: t.Text("operator"), Value: t.Text("value"),
			Effect: t.Text("effect"),
		}
		if n, err := strconv.ParseInt(t.Text("tolerationSeconds"), 10, 64); err == nil {
			toleration.TolerationSeconds = &n
		}
		pod.Tolerations = append(pod.Tolerations, toleration)
	}
	return pod
}

func (c *converter) kubectlImage() string {
	if c.Cleanup.Image != "" {
		return c.Cleanup.Image
	}
	return config.KubectlImage
}

// rewrite makes a job that pruned the node's daemon prune the client's: it runs the same command in the daemon's
// container.
func (c *converter) rewrite(job *Cleanup) {
	if refuseDuplicateNames(job.Pod); job.report.Failed() {
		return
	}
	names, container := c.names(job.serves), job.use.Container
	command := commands.InDaemon(container)
	if len(c.Cleanup.Command) > 0 {
		command = c.Cleanup.Command
	}
	warnOfLostEnv(container, command)
	why := report.Because(report.CleanupRewritten, "prunes the daemon of %s, and fails if there is none",
		job.serves.title())
	stripJob(job)
	container.Set("image", c.kubectlImage(), why)
	container.Set("command", c.exec(job.serves, command), why)
	container.Get("args").Delete(why)
	for _, name := range connectionEnv {
		unset(container, name, why)
	}
	for _, v := range c.targetEnv() {
		set(container, v, why)
	}
	for key, value := range c.targetMeta(job.serves).Annotations {
		job.Template().Get("metadata", "annotations").Set(key, value, why)
	}
	container.Get("env").Prune()
	job.Get("initContainers").Insert(0, c.targetContainer(job.serves), report.Because(report.CleanupRewritten,
		"fails immediately if no pod of %s is ready, and names the workload", job.serves.title()))
	job.Set("serviceAccountName", names.serviceAccount, why)
	unpin(job.Pod, report.Because(report.NodePinning, "it no longer needs to run on the daemon's node"))
	if s := c.Cleanup.Schedule; s != "" {
		job.Object().Root().Get("spec").Set("schedule", s, report.Because(report.CleanupRewritten,
			"set by spec.cleanup.schedule"))
	}
	if job.serves.idle {
		job.Object().Root().Get("spec").Set("suspend", true, report.Because(report.CleanupSuspended, "%s has no pod to clean",
			job.serves.title()))
	}
	job.Object().Root().Get("metadata", "annotations").Set(kube.ServesAnnotation, job.serves.title(), why)
}

func stripJob(job *Cleanup) {
	name := job.use.Volume.Text("name")
	why := report.Because(report.SocketStripped, "the node's Docker socket (%s) is no longer mounted", job.use.HostPath)
	for _, container := range job.Containers() {
		for _, m := range container.Mounts() {
			if m.Text("name") == name {
				m.Delete(why)
			}
		}
		container.Get("volumeMounts").Prune()
	}
	job.use.Volume.Delete(why)
	job.Get("volumes").Prune()
}
