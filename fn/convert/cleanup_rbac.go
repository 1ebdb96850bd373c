package convert

import (
	corev1 "k8s.io/api/core/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/boxp/dindify/fn/report"
)

// rbac is what allows the clean-up to call kubectl exec, and nothing else: find the workload by its name, list pods to
// find one of its, and exec. RBAC cannot narrow exec to the pods of one workload, whose names are not known.
func rbac(client *Client, names cleanupNames) []generated {
	labels, annotations := marks(client)
	namespace := client.Object().Namespace()
	meta := func(name string) metav1.ObjectMeta {
		return metav1.ObjectMeta{Name: name, Namespace: namespace, Labels: labels, Annotations: annotations}
	}
	subject := namespace
	if subject == "" {
		client.Object().Root().Get("metadata", "namespace").Warn(report.Because(report.CleanupNamespace,
			"is not set, so the RoleBinding's subject is in namespace default: set it, here or in a kustomization; or set spec.cleanup.mode to Sidecar, which needs no RoleBinding"))
		subject = metav1.NamespaceDefault // the API server wants one; kustomize replaces it by the overlay's
	}
	const group = rbacv1.GroupName
	account := corev1.ServiceAccount{TypeMeta: metav1.TypeMeta{APIVersion: "v1", Kind: "ServiceAccount"}, ObjectMeta: meta(names.serviceAccount)}
	role := rbacv1.Role{
		TypeMeta:   metav1.TypeMeta{APIVersion: group + "/v1", Kind: "Role"},
		ObjectMeta: meta(names.role),
		Rules: []rbacv1.PolicyRule{
			{APIGroups: []string{""}, Resources: []string{"pods"}, Verbs: []string{"get", "list"}},
			{APIGroups: []string{""}, Resources: []string{"pods/exec"}, Verbs: []string{"create"}},
			{APIGroups: []string{client.Object().Group()}, Resources: []string{client.Place.Exec + "s"}, ResourceNames: []string{client.Object().Name()}, Verbs: []string{"get"}},
		},
	}
	binding := rbacv1.RoleBinding{
		TypeMeta:   metav1.TypeMeta{APIVersion: group + "/v1", Kind: "RoleBinding"},
		ObjectMeta: meta(names.binding),
		RoleRef:    rbacv1.RoleRef{APIGroup: group, Kind: "Role", Name: names.role},
		Subjects:   []rbacv1.Subject{{Kind: "ServiceAccount", Name: names.serviceAccount, Namespace: subject}},
	}
	return []generated{
		{kind: "ServiceAccount", name: names.serviceAccount, field: "serviceAccountName", apiVersion: "v1", value: account},
		{kind: "Role", name: names.role, field: "roleName", apiVersion: group + "/v1", value: role},
		{kind: "RoleBinding", name: names.binding, field: "roleBindingName", apiVersion: group + "/v1", value: binding},
	}
}
