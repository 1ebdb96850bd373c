package verify

import (
	"context"
	"slices"
	"strings"

	authorizationv1 "k8s.io/api/authorization/v1"
)

// Right is a permission that RBAC can grant: a verb on a resource, RESOURCE or RESOURCE/SUBRESOURCE.
type Right struct {
	Verb, Group, Resource string
	Everywhere            bool // in all namespaces, or on a resource that has none: a ClusterRole grants it
}

func (r Right) String() string { return r.Verb + " " + r.Resource }

// everywhere returns the rights for all namespaces.
func everywhere(all []Right) []Right {
	all = slices.Clone(all)
	for i := range all {
		all[i].Everywhere = true
	}
	return all
}

// The rights that checks use.
var (
	listPods          = Right{"list", "", "pods", false}
	getPods           = Right{"get", "", "pods", false}
	createPods        = Right{"create", "", "pods", false}
	proxyPods         = Right{"get", "", "pods/proxy", false}
	getExec           = Right{"get", "", "pods/exec", false}
	createExec        = Right{"create", "", "pods/exec", false}
	getLog            = Right{"get", "", "pods/log", false}
	listEvents        = Right{"list", "", "events", false}
	listServices      = Right{"list", "", "services", false}
	listIngresses     = Right{"list", "networking.k8s.io", "ingresses", false}
	listReplicaSets   = Right{"list", "apps", "replicasets", false}
	listJobs          = Right{"list", "batch", "jobs", false}
	getJobs           = Right{"get", "batch", "jobs", false}
	createJobs        = Right{"create", "batch", "jobs", false}
	deleteJobs        = Right{"delete", "batch", "jobs", false}
	listCronJobs      = Right{"list", "batch", "cronjobs", false}
	getCronJobs       = Right{"get", "batch", "cronjobs", false}
	getAccounts       = Right{"get", "", "serviceaccounts", false}
	getRoles          = Right{"get", "rbac.authorization.k8s.io", "roles", false}
	getBindings       = Right{"get", "rbac.authorization.k8s.io", "rolebindings", false}
	reviewAccess      = Right{"create", "authorization.k8s.io", "localsubjectaccessreviews", false}
	getNodes          = Right{"get", "", "nodes", true}
	listNodes         = Right{"list", "", "nodes", true}
	getRuntimeClasses = Right{"get", "node.k8s.io", "runtimeclasses", true}
	listVolumes       = Right{"list", "", "persistentvolumes", true}
	getStorageClasses = Right{"get", "storage.k8s.io", "storageclasses", true}
)

// levelNeeds are the rights without which no check of a level is run. Each includes those of Look.
var levelNeeds = map[Level][]Right{
	Exec:   {listPods, createExec},
	Nested: {listPods, createExec},
	Canary: {listPods, getPods, getLog, listJobs, getJobs, createJobs, deleteJobs, createExec},
}

// levelReads are the rights that each check of a level uses besides. Since Kubernetes 1.35 a websocket for exec needs
// get too; without it SPDY is used.
var levelReads = map[Level][]Right{
	Exec:   {getExec},
	Nested: {getExec},
	Canary: {getExec, listEvents},
}

func rights(all ...Right) []Right { return all }

func distinct[T comparable](all []T) (kept []T) {
	for _, one := range all {
		if !slices.Contains(kept, one) {
			kept = append(kept, one)
		}
	}
	return kept
}

// audited returns the rights to list what leftovers audits.
func audited() []Right {
	return append(on(kinds, "list"), Right{"list", "", "persistentvolumeclaims", false},
		listVolumes)
}

// on returns the rights with a verb on kinds of workloads.
func on(kinds []kind, verb string) (all []Right) {
	for _, k := range kinds {
		all = append(all, k.right(verb))
	}
	return all
}

// uses returns the rights that a check makes use of in this run.
func (r *run) uses(c Check) []Right {
	switch {
	case c.ID == "leftovers" && r.AllNamespaces:
		return everywhere(c.Uses())
	case c.ID == "drift" && len(r.Manifests) == 0, c.ID == "cleanup-target" && r.Pre:
		return nil
	}
	return c.Uses()
}

// selecting returns the rights to find the workloads.
func (r *run) selecting() (all []Right) {
	switch {
	case r.Pre:
		return nil
	case len(r.targets) == 0 && len(r.Manifests) == 0 && r.AllNamespaces:
		return everywhere(on(r.kinds, "list"))
	case len(r.targets) == 0 && len(r.Manifests) == 0:
		return on(r.kinds, "list")
	}
	for _, t := range r.targets {
		all = append(all, t.kind.right("get"))
	}
	for _, m := range r.Manifests {
		if k, known := m.workloadKind(); known {
			all = append(all, k.right("get"))
		}
	}
	return distinct(all)
}

type access struct {
	namespace string
	right     Right
}

// may asks the API server whether the user has a right. Without an answer it returns true: the check then gets the API
// server's own refusal, and the check rights reports that there was none.
func (r *run) may(ctx context.Context, namespace string, right Right) bool {
	if right.Everywhere {
		namespace = ""
	}
	at := access{namespace, right}
	if allowed, asked := r.access[at]; asked {
		return allowed
	}
	resource, sub, _ := strings.Cut(right.Resource, "/")
	review := &authorizationv1.SelfSubjectAccessReview{Spec: authorizationv1.SelfSubjectAccessReviewSpec{
		ResourceAttributes: &authorizationv1.ResourceAttributes{
			Namespace: namespace, Verb: right.Verb, Group: right.Group, Resource: resource, Subresource: sub,
		},
	}}
	review.APIVersion, review.Kind = "authorization.k8s.io/v1", "SelfSubjectAccessReview"
	answer := &authorizationv1.SelfSubjectAccessReview{}
	err := r.Create(ctx, group("authorization.k8s.io/v1", "", "selfsubjectaccessreviews"), review, answer)
	if err != nil {
		r.unanswered, r.reviewErr = r.unanswered+1, err
	}
	r.access[at] = err != nil || answer.Status.Allowed
	return r.access[at]
}

// without returns those rights that the user does not have in a namespace.
func (r *run) without(ctx context.Context, namespace string, all []Right) (missing []Right) {
	for _, right := range all {
		if !r.may(ctx, namespace, right) {
			missing = append(missing, right)
		}
	}
	return missing
}
