package convert

import (
	"github.com/boxp/dindify/fn/api"
	"github.com/boxp/dindify/fn/journal"
)

// targetTimeout is how long the clean-up waits for a pod of its workload: longer than a daemon's restart.
const targetTimeout = "--timeout=30s"

// waitsForTarget says whether kubectl wait can tell that a pod of a client's kind is ready. A DaemonSet's status counts 0
// where others have no field.
func waitsForTarget(client *Client) bool {
	switch client.location.Exec {
	case "deployment", "statefulset", "replicaset", "replicationcontroller":
		return true
	}
	return false
}

// targetContainer waits for a ready pod before the clean-up runs, and fails with the name of the workload where there is
// none. kubectl exec alone then wants to watch pods, which the Role does not allow, and says only that this is forbidden.
func (c *Conversion) targetContainer(client *Client) api.Container {
	return api.Container{
		Name: journal.TargetContainer, Image: c.kubectlImage(),
		Command: []string{
			"kubectl", "wait", client.location.Exec + "/" + client.ref.Name, // where the command that follows names it, too
			"--for=jsonpath={.status.readyReplicas}", targetTimeout,
		},
		TerminationMessagePolicy: api.TerminationMessageFallbackToLogsOnError,
		SecurityContext:          kubectlSecurity(),
	}
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
