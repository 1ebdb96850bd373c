package verify

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// reviewRights asks for all rights that the chosen checks use. It runs first and never fails: a check without a right
// that it needs becomes unknown, and one without another right sees less.
func (r *run) reviewRights(ctx context.Context, namespaces []string) Finding {
	var denied, partly []string
	var all []Right
	missing := lacking{}
	if slices.ContainsFunc(r.chosen(ClusterChecks), func(c Check) bool { return c.ID == "apply" }) {
		all, partly = r.reviewApplying(ctx, missing)
	}
	for _, namespace := range namespaces {
		var blind, less []string
		selecting := r.without(ctx, namespace, r.selecting())
		if len(selecting) > 0 {
			less = append(less, "which workloads there are")
		}
		all = append(all, r.selecting()...)
		missing.add(namespace, selecting)
		for _, c := range r.chosen(slices.Concat(ClusterChecks, Checks)) {
			uses := r.uses(c)
			lacks := r.without(ctx, namespace, uses)
			all = append(all, uses...)
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
		return ok("you have the %d rights that the chosen checks use", len(distinct(all)))
	}
	return r.incompleteRights(missing, denied, partly)
}

// incompleteRights returns the finding for rights that the user does not have, or of which the server tells nothing.
func (r *run) incompleteRights(missing lacking, denied, partly []string) Finding {
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
	if len(missing) == 0 {
		return unknown("let the user create selfsubjectaccessreviews, or run it again if the server was not reachable; the "+
			"checks still report what they are refused", "%s", strings.Join(text, ". "))
	}
	return unknown(missing.hint(), "%s", strings.Join(text, ". "))
}

// lacking are the rights that the user does not have, by namespace; a right for all namespaces is that of "".
type lacking map[string][]Right

func (l lacking) add(namespace string, rights []Right) {
	for _, right := range rights {
		if right.Everywhere {
			l[""] = append(l[""], right)
		} else {
			l[namespace] = append(l[namespace], right)
		}
	}
}

// hint returns what grants the rights, and where.
func (l lacking) hint() string {
	var all []Right
	var namespaces []string
	for _, namespace := range slices.Sorted(maps.Keys(l)) {
		all = append(all, l[namespace]...)
		if namespace != "" {
			namespaces = append(namespaces, namespace)
		}
	}
	where := ""
	if len(namespaces) > 0 {
		where = ", in namespace " + strings.Join(namespaces, ", ")
	}
	return "ask for this" + where + ":\n" + Role(distinct(all))
}

// reviewApplying asks for the rights that the dry runs of the files use. It adds those that the user does not have to
// missing.
func (r *run) reviewApplying(ctx context.Context, missing lacking) (all []Right, partly []string) {
	applying := r.applying(ctx)
	for _, namespace := range slices.Sorted(maps.Keys(applying)) {
		rights := applying[namespace]
		all = append(all, rights...)
		if lacks := r.without(ctx, namespace, rights); len(lacks) > 0 {
			missing.add(namespace, lacks)
			partly = inNamespace(partly, namespace, []string{"apply"})
		}
	}
	return all, partly
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

// Role returns a Role and a ClusterRole that grant rights, as YAML; one without rules is left out.
func Role(all []Right) string {
	var documents []string
	for _, kind := range []string{"Role", "ClusterRole"} {
		var granted []Right
		for _, right := range all {
			if right.Everywhere == (kind == "ClusterRole") {
				granted = append(granted, right)
			}
		}
		if len(granted) > 0 {
			documents = append(documents, roleDocument(kind, granted))
		}
	}
	return strings.Join(documents, "---\n")
}

func roleDocument(kind string, all []Right) string {
	var b strings.Builder
	fmt.Fprintf(&b, "apiVersion: rbac.authorization.k8s.io/v1\nkind: %s\nmetadata:\n  name: dindify-verify\nrules:\n",
		kind)
	for _, rule := range rules(all) {
		fmt.Fprintf(&b, "- apiGroups: [%q]\n  resources: [%s]\n  verbs: [%s]\n", rule.group,
			quoted(rule.resources), quoted(rule.verbs))
	}
	return b.String()
}

// quoted returns words as the entries of a YAML list: "*" without quotes is an alias.
func quoted(words []string) string {
	all := make([]string, len(words))
	for i, word := range words {
		all[i] = strconv.Quote(word)
	}
	return strings.Join(all, ", ")
}

type rule struct {
	group            string
	resources, verbs []string
}

// rules joins rights: verbs on one resource first, then resources of a group with the same verbs.
func rules(all []Right) []rule {
	var single []rule
	for _, right := range all {
		i := slices.IndexFunc(single, func(r rule) bool {
			return r.group == right.Group && r.resources[0] == right.Resource
		})
		if i < 0 {
			i, single = len(single), append(single, rule{group: right.Group, resources: []string{right.Resource}})
		}
		if !slices.Contains(single[i].verbs, right.Verb) {
			single[i].verbs = append(single[i].verbs, right.Verb)
		}
	}
	var joined []rule
	for _, one := range single {
		slices.Sort(one.verbs)
		i := slices.IndexFunc(joined, func(r rule) bool {
			return r.group == one.group && slices.Equal(r.verbs, one.verbs)
		})
		if i < 0 {
			joined = append(joined, one)
			continue
		}
		joined[i].resources = append(joined[i].resources, one.resources...)
	}
	return joined
}
