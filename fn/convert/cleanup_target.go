package convert

import (
	"github.com/boxp/dindify/fn/api"
	"github.com/boxp/dindify/fn/journal"
)

// targetTimeout is how long the clean-up waits for a pod of its workload: longer than a daemon's restart.
const targetTimeout = "--timeout=30s"

// waitsForTarget says whether kubectl wait can tell that a pod of a client's kind is ready. A DaemonSet's status counts
// 0 where others have no field.
func waitsForTarget(client *Client) bool {
	switch client.location.Exec {
	case "deployment", "statefulset", "replicaset", "replicationcontroller":
		return true
	}
	return false
}

// targetContainer waits for a ready pod before the clean-up runs, and fails with the name of the workload where there
// is none. kubectl exec alone then wants to watch pods, which the Role does not allow, and says only that this is
// forbidden.
func (c *Conversion) targetContainer(client *Client) api.Container {
	return api.Container{
		Name: journal.TargetContainer, Image: c.kubectlImage(),
		Command: []string{
			"kubectl", "wait", c.target(client), // where the command that follows names it, too
			"--for=jsonpath={.status.readyReplicas}", targetTimeout,
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
