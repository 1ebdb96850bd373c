package convert

import (
	"github.com/boxp/dindify/fn/api"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
)

// rbac allows the clean-up to call kubectl exec, and nothing else: get the workload by its name, list pods, and exec.
// RBAC cannot restrict exec to the pods of one workload, whose names are unknown. kubectl tries a websocket first,
// for which API servers require get and, since Kubernetes 1.35, also create; with only create each run leaves a 403
// in the audit log before kubectl falls back to SPDY.
func rbac(client *Client, names cleanupNames) []generated {
	labels, annotations := generatedMeta(client)
	namespace := client.Object().Namespace()
	meta := func(name string) api.ObjectMeta {
		return api.ObjectMeta{Name: name, Namespace: namespace, Labels: labels, Annotations: annotations}
	}
	subject := namespace
	if subject == "" {
		subject = api.NamespaceDefault // required by the API server; kustomize replaces it by that of an outer kustomization
		if client.Object().Annotation(kube.KustomizeIDAnnotation) == "" {
			client.Object().Root().Get("metadata", "namespace").Warn(report.Because(report.CleanupNamespace,
				"is not set, so the RoleBinding's subject is in namespace default: set it here or in a kustomization, or set "+
					"spec.cleanup.mode to Sidecar, which needs no RoleBinding"))
		}
	}
	const group = api.RBACGroup
	account := api.ServiceAccount{
		TypeMeta:   api.TypeMeta{APIVersion: "v1", Kind: "ServiceAccount"},
		ObjectMeta: meta(names.serviceAccount),
	}
	role := api.Role{
		TypeMeta:   api.TypeMeta{APIVersion: group + "/v1", Kind: "Role"},
		ObjectMeta: meta(names.role),
		Rules: []api.PolicyRule{
			{APIGroups: []string{""}, Resources: []string{"pods"}, Verbs: []string{"get", "list"}},
			{APIGroups: []string{""}, Resources: []string{"pods/exec"}, Verbs: []string{"get", "create"}},
			{
				APIGroups: []string{client.Object().Group()}, Resources: []string{client.Location.Exec + "s"},
				ResourceNames: []string{client.Object().Name()}, Verbs: []string{"get"},
			},
		},
	}
	binding := api.RoleBinding{
		TypeMeta:   api.TypeMeta{APIVersion: group + "/v1", Kind: "RoleBinding"},
		ObjectMeta: meta(names.binding),
		RoleRef:    api.RoleRef{APIGroup: group, Kind: "Role", Name: names.role},
		Subjects:   []api.Subject{{Kind: "ServiceAccount", Name: names.serviceAccount, Namespace: subject}},
	}
	return []generated{
		{kind: "ServiceAccount", name: names.serviceAccount, field: "serviceAccountName", apiVersion: "v1", value: account},
		{kind: "Role", name: names.role, field: "roleName", apiVersion: group + "/v1", value: role},
		{kind: "RoleBinding", name: names.binding, field: "roleBindingName", apiVersion: group + "/v1", value: binding},
	}
}
