package verify

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	apierrors "k8s.io/apimachinery/pkg/api/errors"

	"github.com/boxp/dindify/fn/report"
)

// reviewRights asks for all rights that the chosen checks use. It runs first and never fails: a check without a right
// that it needs becomes unknown, and one without another right sees less.
func (r *run) reviewRights(ctx context.Context, namespaces []string) Finding {
	var denied, partly []string
	used, missing := byNamespace{}, byNamespace{}
	if slices.ContainsFunc(r.chosen(ClusterChecks), func(c Check) bool { return c.ID == "apply" }) {
		partly = r.reviewApplying(ctx, used, missing)
	}
	for _, namespace := range namespaces {
		var blind, less []string
		selecting := r.without(ctx, namespace, r.selecting())
		if len(selecting) > 0 {
			less = append(less, "which workloads there are")
		}
		used.add(namespace, r.selecting())
		missing.add(namespace, selecting)
		for _, c := range r.chosen(slices.Concat(ClusterChecks, Checks)) {
			uses := r.uses(c)
			lacks := r.without(ctx, namespace, uses)
			used.add(namespace, uses)
			missing.add(namespace, lacks)
			switch {
			case len(lacks) == 0:
			case slices.ContainsFunc(lacks, func(right Right) bool { return slices.Contains(c.Needs(), right) }):
				blind = append(blind, c.ID)
			default:
				less = append(less, c.ID)
			}
		}
		denied, partly = inNamespace(denied, namespace, blind), inNamespace(partly, namespace, less)
	}
	if len(missing) == 0 && r.unanswered == 0 {
		return ok("you have the %d rights that the chosen checks use", used.count())
	}
	return r.incompleteRights(hintFor(used, missing), denied, partly)
}

// incompleteRights returns the finding for rights that the user does not have, or of which the server tells nothing.
func (r *run) incompleteRights(hint string, denied, partly []string) Finding {
	var text []string
	if len(denied) > 0 {
		text = append(text, "not allowed, so not looked at: "+strings.Join(denied, "; "))
	}
	if len(partly) > 0 {
		text = append(text, "looked at in part: "+strings.Join(partly, "; "))
	}
	if r.unanswered > 0 {
		text = append(text, fmt.Sprintf("the server did not answer for %d rights: %s", r.unanswered,
			firstLine(message(r.reviewErr))))
	}
	hint = cmp.Or(hint, "let the user create selfsubjectaccessreviews, or run it again if the server was not reachable; "+
		"the checks still report what they are refused")
	return unknown(hint, "%s", strings.Join(text, ". "))
}

// byNamespace has rights by namespace; a right for all namespaces is that of "".
type byNamespace map[string][]Right

func (b byNamespace) add(namespace string, rights []Right) {
	for _, right := range rights {
		at := namespace
		if right.Everywhere {
			at = ""
		}
		right.Everywhere = at == ""
		if !slices.Contains(b[at], right) {
			b[at] = append(b[at], right)
		}
	}
}

// count returns the number of different rights.
func (b byNamespace) count() int {
	var all []Right
	for _, rights := range b {
		all = append(all, rights...)
	}
	return len(distinct(all))
}

// hintFor returns the Roles to ask for, or "" if nothing is missing. A Role has all rights that the run uses in its
// namespace: one with only the missing rights would take away those of a Role that was printed before.
func hintFor(used, missing byNamespace) string {
	var namespaces, documents []string
	for _, namespace := range slices.Sorted(maps.Keys(missing)) {
		if namespace != "" {
			namespaces = append(namespaces, namespace)
			documents = append(documents, Role(namespace, used[namespace]))
		}
	}
	if len(missing[""]) > 0 {
		documents = append(documents, Role("", used[""]))
	}
	if len(documents) == 0 {
		return ""
	}
	where := ""
	if len(namespaces) > 0 {
		where = ", in namespace " + report.Plain(strings.Join(namespaces, ", ")) // of the files
	}
	return "ask for this" + where + " (" + explain + "rights):\n" + strings.Join(documents, "---\n")
}

// reviewApplying asks for the rights that the dry runs of the files use. It adds them to used, and those that the user
// does not have to missing.
func (r *run) reviewApplying(ctx context.Context, used, missing byNamespace) (partly []string) {
	applying := r.applying(ctx)
	for _, namespace := range slices.Sorted(maps.Keys(applying)) {
		used.add(namespace, applying[namespace])
		if lacks := r.without(ctx, namespace, applying[namespace]); len(lacks) > 0 {
			missing.add(namespace, lacks)
			partly = inNamespace(partly, namespace, []string{"apply"})
		}
	}
	return partly
}

func inNamespace(lines []string, namespace string, ids []string) []string {
	if len(ids) == 0 {
		return lines
	}
	where := "namespace " + namespace
	if namespace == "" {
		where = "no namespace"
	}
	return append(lines, where+": "+strings.Join(ids, ", "))
}

// withRoles adds the Roles to ask for to the first finding that is unknown for lack of a right, unless the check rights
// prints them.
func (r *run) withRoles(ctx context.Context, f Finding) Finding {
	if !f.forbidden || r.rolesPrinted || slices.ContainsFunc(r.chosen(ClusterChecks), isRights) {
		return f
	}
	f.Hint, r.rolesPrinted = r.reviewRights(ctx, r.namespaces).Hint, true
	return f
}

func isRights(c Check) bool { return c.ID == "rights" }

// RolesError is the error of a user who may not find the workloads.
type RolesError struct {
	Err   error
	Roles string // to ask for: a line of text, then YAML
}

func (e *RolesError) Error() string { return e.Err.Error() }

func (e *RolesError) Unwrap() error { return e.Err }

// withRole adds the Roles to ask for to the error of a user who may not find the workloads.
func (r *run) withRole(ctx context.Context, err error) error {
	if !apierrors.IsForbidden(err) {
		return err
	}
	if hint := r.reviewRights(ctx, r.searched()).Hint; hint != "" {
		return &RolesError{err, hint}
	}
	return err
}

// searched returns the namespaces in which the run looks for workloads.
func (r *run) searched() (namespaces []string) {
	switch {
	case r.AllNamespaces:
		return []string{""}
	case len(r.targets) > 0 || len(r.Manifests) == 0:
		return []string{r.Namespace}
	}
	for _, m := range r.Manifests {
		if _, known := m.workloadKind(); known && !slices.Contains(namespaces, r.namespaceOf(m)) {
			namespaces = append(namespaces, r.namespaceOf(m))
		}
	}
	return namespaces
}
