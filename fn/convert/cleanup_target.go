package convert

import (
	"github.com/boxp/dindify/fn/api"
	"github.com/boxp/dindify/fn/journal"
)

// readyPods returns the path of the status field that a workload of the client's kind has only while one of its pods
// is ready. A DaemonSet's numberReady exists with 0 too; numberAvailable is omitted at 0 (k8s.io/api/apps/v1).
func readyPods(client *Client) string {
	if client.location.Exec == "daemonset" {
		return "{.status.numberAvailable}"
	}
	return "{.status.readyReplicas}"
}

// targetContainer runs before the clean-up, and fails immediately with the name of the workload if none of its pods
// is ready. kubectl exec alone would try to watch pods, which the Role does not allow, and only report that this is
// forbidden. With a timeout of 0, kubectl wait checks once and needs only get on the workload. The Job retries.
func (c *converter) targetContainer(client *Client) api.Container {
	return api.Container{
		Name: journal.TargetContainer, Image: c.kubectlImage(),
		Command: []string{
			"kubectl", "wait", c.target(client), // if the command after it names it, too
			"--for=jsonpath=" + readyPods(client), "--timeout=0",
		},
		Env:                      c.targetEnv(),
		Resources:                c.Cleanup.Resources, // a quota refuses a pod with a container without resources
		TerminationMessagePolicy: api.TerminationMessageFallbackToLogsOnError,
		SecurityContext:          kubectlSecurity(),
	}
}

// target returns how the commands of a clean-up name the client's workload.
func (c *converter) target(client *Client) string {
	if c.Cleanup.FollowNames {
		return client.location.Exec + "/$(" + journal.TargetVariable + ")"
	}
	return client.location.Exec + "/" + client.ref.Name
}

// targetEnv returns the environment of such a command.
func (c *converter) targetEnv() []api.EnvVar {
	if !c.Cleanup.FollowNames {
		return nil
	}
	path := "metadata.annotations['" + journal.TargetAnnotation + "']"
	return []api.EnvVar{fieldVariable(journal.TargetVariable, path)}
}

// targetMeta returns the pod metadata of such a command.
func (c *converter) targetMeta(client *Client) (meta api.ObjectMeta) {
	if c.Cleanup.FollowNames {
		meta.Annotations = map[string]string{journal.TargetAnnotation: client.ref.Name}
	}
	return meta
}

// kubectlSecurity is sufficient for kubectl. Its user is the image's own.
func kubectlSecurity() *api.SecurityContext {
	yes, no, user := true, false, int64(65532)
	return &api.SecurityContext{
		AllowPrivilegeEscalation: &no, ReadOnlyRootFilesystem: &yes, RunAsNonRoot: &yes, RunAsUser: &user,
		Capabilities:   &api.Capabilities{Drop: []string{"ALL"}},
		SeccompProfile: &api.SeccompProfile{Type: api.SeccompProfileTypeRuntimeDefault},
	}
}
