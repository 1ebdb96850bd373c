package verify

import (
	"context"
	"fmt"
	"slices"
	"strings"

	authorizationv1 "k8s.io/api/authorization/v1"
)

// Right is a permission that RBAC can grant: a verb on a resource, RESOURCE or RESOURCE/SUBRESOURCE.
type Right struct{ Verb, Group, Resource string }

func (r Right) String() string { return r.Verb + " " + r.Resource }

// The rights that checks need.
var (
	listPods     = Right{"list", "", "pods"}
	createPods   = Right{"create", "", "pods"}
	proxyPods    = Right{"get", "", "pods/proxy"}
	getExec      = Right{"get", "", "pods/exec"}
	createExec   = Right{"create", "", "pods/exec"}
	getLog       = Right{"get", "", "pods/log"}
	listServices = Right{"list", "", "services"}
	listJobs     = Right{"list", "batch", "jobs"}
	createJobs   = Right{"create", "batch", "jobs"}
	deleteJobs   = Right{"delete", "batch", "jobs"}
	reviewAccess = Right{"create", "authorization.k8s.io", "localsubjectaccessreviews"}
)

func rights(all ...Right) []Right { return all }

type access struct {
	namespace string
	right     Right
}

// may asks the API server whether the user has a right. Without an answer it returns true: the check then gets the API
// server's own refusal.
func (r *run) may(ctx context.Context, namespace string, right Right) bool {
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
	r.access[at] = err != nil || answer.Status.Allowed
	return r.access[at]
}

// missing returns the rights of a check that the user does not have.
func (r *run) missing(ctx context.Context, namespace string, c Check) []Right {
	var all []Right
	for _, right := range c.Needs() {
		if !r.may(ctx, namespace, right) {
			all = append(all, right)
		}
	}
	return all
}

// reviewRights asks for all rights that the chosen checks need. It runs first and never fails: the checks with missing
// rights become unknown.
func (r *run) reviewRights(ctx context.Context, namespaces []string) Finding {
	var denied []string
	var wanted []Right
	asked := 0
	for _, namespace := range namespaces {
		var checks []string
		for _, c := range r.chosen(Checks) {
			asked += len(c.Needs())
			missing := r.missing(ctx, namespace, c)
			if len(missing) == 0 {
				continue
			}
			checks = append(checks, c.ID)
			for _, right := range missing {
				if !slices.Contains(wanted, right) {
					wanted = append(wanted, right)
				}
			}
		}
		if len(checks) > 0 {
			denied = append(denied, fmt.Sprintf("namespace %s: %s", namespace, strings.Join(checks, ", ")))
		}
	}
	if len(denied) > 0 {
		return unknown("ask for this Role:\n"+Role(wanted), "not allowed, so not looked at: %s",
			strings.Join(denied, "; "))
	}
	return ok("you have the %d rights that the chosen checks need", countDistinct(r.chosen(Checks)))
}

func countDistinct(checks []Check) int {
	distinct := map[Right]bool{}
	for _, c := range checks {
		for _, right := range c.Needs() {
			distinct[right] = true
		}
	}
	return len(distinct)
}

// Role returns a Role that grants rights, as YAML.
func Role(all []Right) string {
	var b strings.Builder
	b.WriteString("apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata:\n  name: dindify-verify\nrules:\n")
	for _, rule := range rules(all) {
		fmt.Fprintf(&b, "- apiGroups: [%q]\n  resources: [%s]\n  verbs: [%s]\n", rule.group, rule.resource,
			strings.Join(rule.verbs, ", "))
	}
	return b.String()
}

type rule struct {
	group, resource string
	verbs           []string
}

func rules(all []Right) []rule {
	if slices.Contains(all, createExec) {
		all = append(slices.Clone(all), getExec) // since Kubernetes 1.35 a websocket needs both; without get SPDY is used
	}
	var made []rule
	for _, right := range all {
		i := slices.IndexFunc(made, func(r rule) bool { return r.group == right.Group && r.resource == right.Resource })
		if i < 0 {
			i, made = len(made), append(made, rule{group: right.Group, resource: right.Resource})
		}
		if !slices.Contains(made[i].verbs, right.Verb) {
			made[i].verbs = append(made[i].verbs, right.Verb)
		}
	}
	return made
}
