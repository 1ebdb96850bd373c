package verify

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	rbacv1 "k8s.io/api/rbac/v1"
	"k8s.io/apimachinery/pkg/api/equality"
	"k8s.io/apimachinery/pkg/types"
)

// apply sends a dry run of each object of the files, as kubectl apply does: a create, or a patch of the object that is
// there, which tells fields that cannot be changed.
func (r *run) apply(ctx context.Context) Finding {
	var all applied
	lacking := false
	for _, m := range r.documents {
		err := r.dryRunApply(ctx, m)
		var unasked *cannotAskError
		switch {
		case err == nil:
			all.accepted++
		case errors.As(err, &unasked):
			all.unseen.add(m, firstLine(unasked.text))
			all.hints = append(all.hints, unasked.hint)
			lacking = lacking || unasked.lacking
		default:
			namespace := r.namespaceOf(m)
			all.refused = append(all.refused, fmt.Sprintf("%s: %s", m, refusalText(err)))
			all.hints = append(all.hints, kindOfRefusal(err, namespace).hintFor(err, m.String(), namespace))
		}
	}
	f := all.finding(r.repeated(r.Manifests))
	f.forbidden = lacking && f.Result == Unknown
	return f
}

// applied is the outcome of the dry runs of all objects.
type applied struct {
	accepted int
	refused  []string
	unseen   reasons
	hints    []string
}

func (a *applied) finding(repeated string) Finding {
	also, hint := "", strings.Join(distinct(a.hints), "\n")
	if repeated != "" {
		also = "; " + repeated
	}
	switch {
	case len(a.refused) > 0:
		if len(a.unseen) > 0 {
			also = "; not known: " + a.unseen.String() + also
		}
		return fail(hint, "refused: %s%s", strings.Join(a.refused, "; "), also)
	case len(a.unseen) > 0:
		return unknown(hint, "%d objects are accepted (dry run); not known for the others: %s%s", a.accepted, a.unseen, also)
	case repeated != "":
		return warn(removeRepeated, "the server accepts %d objects (dry run)%s", a.accepted, also)
	}
	return ok("the server accepts %d objects (dry run)", a.accepted)
}

func (r *run) dryRunApply(ctx context.Context, m *Manifest) error {
	if _, err := r.subjectOf(m); err != nil {
		return err
	}
	at, err := r.locate(ctx, m)
	if err != nil {
		return err
	}
	live, err := r.liveObject(ctx, at)
	if err != nil {
		return err
	}
	for _, right := range r.grants(ctx, m, at, live) {
		if !r.may(ctx, at.namespace, right) {
			return mayNot("grant %s, which you do not have", right)
		}
	}
	if live == nil {
		return r.dryRunCreate(ctx, m, at)
	}
	if right := at.right("patch"); !r.may(ctx, at.namespace, right) {
		return mayNot("%s", right)
	}
	kind, patch, manager, err := m.patch(live, at.namespace)
	if err != nil {
		return err
	}
	query := []string{"dryRun", "All", "fieldManager", manager, "fieldValidation", "Strict"}
	if kind == types.ApplyYAMLPatchType {
		query = append(query, "force", "true")
	}
	return refusal(r.Patch(ctx, withQuery(at.object(), query...), kind, patch), m, at.namespace)
}

func (r *run) dryRunCreate(ctx context.Context, m *Manifest, at location) error {
	if right := at.right("create"); !r.may(ctx, at.namespace, right) {
		return mayNot("%s", right)
	}
	err := r.Create(ctx, at.collection()+dryRun, m.inNamespace(at.namespace), nil)
	switch {
	case namespaceNotFound(err):
		return r.noNamespace(at.namespace)
	case notFound(err) && r.bindsRoleOfFiles(m, at.namespace):
		return nil // the Role's own dry run asks for the same rights
	}
	if what := r.missingOfFiles(m, err); what != "" {
		return notInCluster(what)
	}
	return refusal(err, m, at.namespace)
}

// noNamespace returns the error for an object of a namespace that is not there.
func (r *run) noNamespace(name string) error {
	if r.manifestIn("Namespace", "", name) != nil {
		return notInCluster("Namespace " + name)
	}
	return fmt.Errorf("namespace %s does not exist", name)
}

// grants returns the rights that a user must have to make or change a Role, unless the user may escalate. There are
// none if the live object has the same rules: for another change of a Role the server's own check tells.
func (r *run) grants(ctx context.Context, m *Manifest, at location, live []byte) (all []Right) {
	if m.Kind != "Role" && m.Kind != "ClusterRole" {
		return nil
	}
	var role rbacv1.Role
	if json.Unmarshal(m.Raw, &role) != nil || r.may(ctx, at.namespace, at.right("escalate")) {
		return nil
	}
	var there rbacv1.Role
	if live != nil && json.Unmarshal(live, &there) == nil && equality.Semantic.DeepEqual(role.Rules, there.Rules) {
		return nil
	}
	for _, rule := range role.Rules {
		if len(rule.ResourceNames) == 0 { // else the server's own check tells
			all = append(all, rightsOf(rule, m.Kind == "ClusterRole")...)
		}
	}
	return all
}

// rightsOf returns the rights that a rule grants.
func rightsOf(rule rbacv1.PolicyRule, everywhere bool) (all []Right) {
	for _, group := range rule.APIGroups {
		for _, resource := range rule.Resources {
			for _, verb := range rule.Verbs {
				all = append(all, Right{verb, group, resource, everywhere})
			}
		}
	}
	return all
}

// bindsRoleOfFiles reports whether an object is a binding whose role is in the files.
func (r *run) bindsRoleOfFiles(m *Manifest, namespace string) bool {
	var binding rbacv1.RoleBinding
	if !strings.HasSuffix(m.Kind, "RoleBinding") || json.Unmarshal(m.Raw, &binding) != nil {
		return false
	}
	role := binding.RoleRef
	if role.Kind == "ClusterRole" {
		namespace = ""
	}
	return r.manifestIn(role.Kind, namespace, role.Name) != nil
}

// applying returns the rights that the dry runs of the files use, by namespace.
func (r *run) applying(ctx context.Context) map[string][]Right {
	all := map[string][]Right{}
	for _, m := range r.Manifests {
		at, err := r.locate(ctx, m)
		if err != nil {
			continue // apply reports it
		}
		verbs := []string{"get", "create", "patch"}
		live, err := r.liveObject(ctx, at)
		switch {
		case err != nil: // it is not known whether the object is there
		case live == nil:
			verbs = []string{"get", "create"}
		default:
			verbs = []string{"get", "patch"}
		}
		for _, verb := range verbs {
			all[at.namespace] = append(all[at.namespace], at.right(verb))
		}
		all[at.namespace] = append(all[at.namespace], r.grants(ctx, m, at, live)...)
	}
	return all
}
