package convert

import (
	"slices"
	"strings"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
)

const (
	sccGroup = "security.openshift.io"
	sccKind  = "SecurityContextConstraints"
)

// constraintKinds decide together whether OpenShift admits a pod, so they cannot be checked one by one.
var constraintKinds = []string{sccKind, "RoleBinding", "ClusterRoleBinding"}

func isConstraint(o *kube.Object) bool { return o.Kind() == sccKind && o.Group() == sccGroup }

// checkSecurityConstraints warns if a workload is for OpenShift, its daemon is privileged, and the input does not
// allow that for its service account. OpenShift admits a pod by any of the constraints that its account may use, so
// one that allows it is enough. An account that mounts the node's socket needs others (hostaccess, hostmount-anyuid),
// which do not allow privileged containers.
func checkSecurityConstraints(c *converter, client *Client) {
	if !c.hasPrivileged(client) || !c.isForOpenShift(client) {
		return
	}
	account := client.serviceAccount()
	var refusing kube.Field
	for _, o := range c.sharingNamespace(client, &c.constraints) {
		switch {
		case isConstraint(o) && constrains(client, o, account):
			if o.Root().True("allowPrivilegedContainer") {
				return
			}
			refusing = o.Root()
		case bindsPrivileged(o, client.ref.Namespace, account):
			return
		}
	}
	const way = "oc adm policy add-scc-to-user privileged -z %s, or choose another spec.daemon.isolation"
	if refusing.Exists() {
		client.warnAt(refusing.Get("allowPrivilegedContainer"), report.Because(report.SecurityConstraints,
			"admits the pods of %s, but refuses their privileged daemon: "+way, client.title(), account))
		return
	}
	client.Warn(report.Because(report.SecurityConstraints,
		"OpenShift refuses the privileged daemon unless the service account %s may use the SCC privileged, "+
			"and the input does not allow that: "+way, account, account))
}

func (c *converter) hasPrivileged(client *Client) bool {
	return slices.ContainsFunc(c.addedContainers(client), func(container kube.Container) bool {
		return container.True("securityContext", "privileged")
	})
}

// isForOpenShift reports whether the input shows that: the workload's kind, a namespace created by OpenShift, or an
// SCC.
func (c *converter) isForOpenShift(client *Client) bool {
	return strings.HasSuffix(client.Object().Group(), "openshift.io") || c.isInProject(client) || c.hasConstraints()
}

// isInProject reports whether the namespace has OpenShift's user ranges.
func (c *converter) isInProject(client *Client) bool {
	ns := c.namespaceOf(client)
	return ns != nil && ns.Annotation("openshift.io/sa.scc.uid-range") != ""
}

// serviceAccount returns the name of the pod's account.
func (cl *Client) serviceAccount() string {
	for _, field := range []string{"serviceAccountName", "serviceAccount"} {
		if name := cl.Text(field); name != "" {
			return name
		}
	}
	return "default"
}

// constrains reports whether constraints list an account, by its name or by a group that every account is in.
func constrains(client *Client, o *kube.Object, account string) bool {
	namespace := client.ref.Namespace
	groups := []string{"system:authenticated", "system:serviceaccounts", "system:serviceaccounts:" + namespace}
	return slices.Contains(o.Root().Texts("users"), "system:serviceaccount:"+namespace+":"+account) ||
		slices.ContainsFunc(o.Root().Texts("groups"), func(group string) bool { return slices.Contains(groups, group) })
}

// bindsPrivileged reports whether a binding gives an account the role of the SCC privileged, as oc adm policy does.
func bindsPrivileged(o *kube.Object, namespace, account string) bool {
	isBinding := o.Kind() == "RoleBinding" || o.Kind() == "ClusterRoleBinding"
	if !isBinding || o.Text("roleRef", "name") != "system:openshift:scc:privileged" {
		return false
	}
	return slices.ContainsFunc(o.Root().Get("subjects").Items(), func(s kube.Field) bool {
		in := s.Text("namespace")
		isHere := in == namespace || in == "" || namespace == ""
		return isHere && s.Text("kind") == "ServiceAccount" && s.Text("name") == account
	})
}
