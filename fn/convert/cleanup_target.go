package convert

import (
	"github.com/boxp/dindify/fn/api"
	"github.com/boxp/dindify/fn/journal"
)

// readyPods is the path of the status field that a workload of a client's kind has only while a pod of it is ready. A
// DaemonSet's numberReady is there with 0 too; numberAvailable is left out at 0 (k8s.io/api/apps/v1).
func readyPods(client *Client) string {
	if client.location.Exec == "daemonset" {
		return "{.status.numberAvailable}"
	}
	return "{.status.readyReplicas}"
}

// targetContainer runs before the clean-up, and fails at once with the name of the workload where no pod of it is
// ready. kubectl exec alone then wants to watch pods, which the Role does not allow, and says only that this is
// forbidden. With a timeout of 0 kubectl wait looks once, with the right to get the workload. It is the Job that
// tries again.
func (c *Conversion) targetContainer(client *Client) api.Container {
	return api.Container{
		Name: journal.TargetContainer, Image: c.kubectlImage(),
		Command: []string{
			"kubectl", "wait", c.target(client), // where the command that follows names it, too
			"--for=jsonpath=" + readyPods(client), "--timeout=0",
		},
		Env:                      c.targetEnv(),
		Resources:                c.Cleanup.Resources, // a quota refuses a pod with a container that names none
		TerminationMessagePolicy: api.TerminationMessageFallbackToLogsOnError,
		SecurityContext:          kubectlSecurity(),
	}
}

// target is how the commands of a clean-up name the workload of a client.
func (c *Conversion) target(client *Client) string {
	if c.Cleanup.FollowNames {
		return client.location.Exec + "/$(" + journal.TargetVariable + ")"
	}
	return client.location.Exec + "/" + client.ref.Name
}

// targetEnv is what such a command needs.
func (c *Conversion) targetEnv() []api.EnvVar {
	if !c.Cleanup.FollowNames {
		return nil
	}
	path := "metadata.annotations['" + journal.TargetAnnotation + "']"
	return []api.EnvVar{{
		Name:      journal.TargetVariable,
		ValueFrom: &api.EnvVarSource{FieldRef: &api.ObjectFieldSelector{FieldPath: path}},
	}}
}

// targetMeta is what the pod of such a command needs.
func (c *Conversion) targetMeta(client *Client) (meta api.ObjectMeta) {
	if c.Cleanup.FollowNames {
		meta.Annotations = map[string]string{journal.TargetAnnotation: client.ref.Name}
	}
	return meta
}

// kubectlSecurity is all that kubectl needs. The image's own user is this one.
func kubectlSecurity() *api.SecurityContext {
	yes, no, user := true, false, int64(65532)
	return &api.SecurityContext{
		AllowPrivilegeEscalation: &no, ReadOnlyRootFilesystem: &yes, RunAsNonRoot: &yes, RunAsUser: &user,
		Capabilities:   &api.Capabilities{Drop: []string{"ALL"}},
		SeccompProfile: &api.SeccompProfile{Type: api.SeccompProfileTypeRuntimeDefault},
	}
}
