package verify

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Role returns a Role that grants rights in a namespace, as YAML; for the namespace "" a ClusterRole.
func Role(namespace string, all []Right) string {
	var b strings.Builder
	kind := "Role"
	if namespace == "" {
		kind = "ClusterRole"
	}
	fmt.Fprintf(&b, "apiVersion: rbac.authorization.k8s.io/v1\nkind: %s\nmetadata:\n  name: dindify-verify\n", kind)
	if namespace != "" {
		fmt.Fprintf(&b, "  namespace: %q\n", namespace)
	}
	b.WriteString("rules:\n")
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
