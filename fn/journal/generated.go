package journal

import (
	"slices"
	"strings"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
)

// Generated lists the kinds that a conversion generates. An object is removed only if it has one of these kinds,
// names the workload that it was generated for (annotation dindify.dev/serves), is listed in the journal of that
// workload, and does only what a conversion generates it for: a job that runs a command in the daemon, a role for that,
// their binding and account. Names may differ: kustomize and Helm add a prefix, a suffix or another namespace.
var Generated = []string{"CronJob", "Role", "RoleBinding", "ServiceAccount"}

// Workload is a workload that was reverted.
type Workload struct {
	Title     string // Kind/name at the time of the conversion
	Name      string // the current name
	Namespace string
	Ref       report.Object
	Mark

	named func(title, kind, name string) bool // an entry of the list is the object that has this name now
	lists func(kind, name string) bool
}

// Workload returns what is needed to find the objects generated for this one. It needs no tree.
func (c *Conversion) Workload() Workload {
	renamed, j := c.j.Object != c.o.Title(), c.j
	named := func(title, kind, name string) bool {
		k, n, _ := strings.Cut(title, "/")
		return k == kind && n != "" && (n == name || renamed && strings.Contains(name, n))
	}
	return Workload{
		Title: j.Object, Name: c.o.Name(), Namespace: c.o.Namespace(), Ref: c.o.Ref(), Mark: j.Mark, named: named,
		// Journals of version 1 have no list; the other conditions decide.
		lists: func(kind, name string) bool {
			return j.Version == 1 ||
				slices.ContainsFunc(j.Generated, func(title string) bool { return named(title, kind, name) })
		},
	}
}

// Had reports whether an object of that kind was generated for the workload.
func (w Workload) Had(kind string) bool {
	return slices.ContainsFunc(w.Generated, func(title string) bool { return strings.HasPrefix(title, kind+"/") })
}

// Missing returns those of the listed objects, as Kind/name, that are not among the given ones of the workload's
// namespace.
func (w Workload) Missing(objects []*kube.Object) (titles []string) {
	for _, title := range w.Generated {
		if !slices.ContainsFunc(objects, func(o *kube.Object) bool { return w.named(title, o.Kind(), o.Name()) }) {
			titles = append(titles, title)
		}
	}
	return titles
}

// isListed reports whether the journal lists an object.
func (w Workload) isListed(o *kube.Object) bool { return w.lists(o.Kind(), o.Name()) }

// FindGenerated returns those of the given objects that were generated for the workload. An object counts only
// together with the objects it belongs to: a binding with its role, a service account with its binding.
func (w Workload) FindGenerated(objects []*kube.Object) (found []*kube.Object) {
	of := func(kind string, is func(*kube.Object) bool) (names []string) {
		for _, o := range objects {
			if o.Kind() == kind && w.isListed(o) && is(o) {
				found, names = append(found, o), append(names, o.Name())
			}
		}
		return names
	}
	of("CronJob", w.isCleanup)
	roles := of("Role", w.isExecRole)
	named := func(kind, name string, among []string) bool {
		return slices.ContainsFunc(among, func(current string) bool { return w.isNamed(kind, name, current) })
	}
	var accounts []string
	of("RoleBinding", func(o *kube.Object) bool {
		account, ok := boundAccount(o)
		if ok = ok && named("Role", o.Text("roleRef", "name"), roles); ok {
			accounts = append(accounts, account)
		}
		return ok
	})
	of("ServiceAccount", func(o *kube.Object) bool {
		return slices.ContainsFunc(accounts, func(account string) bool { return w.isNamed(o.Kind(), account, o.Name()) }) &&
			hasOnly(o.Root().Node(), "apiVersion", "kind", "metadata", "secrets")
	})
	return found
}

// isNamed reports whether a reference is to the object of this name. During a build a reference may have a former name
// of the object: kustomize updates references at the end.
func (w Workload) isNamed(kind, reference, name string) bool {
	return reference == name || strings.Contains(name, reference) && w.lists(kind, reference)
}

// isName reports whether a name is the workload's current name or the one at the time of the conversion.
func (w Workload) isName(name string) bool {
	_, was, _ := strings.Cut(w.Title, "/")
	return name == w.Name || name == was
}

// isCleanup reports whether a CronJob does nothing but run a command in the workload's daemon.
func (w Workload) isCleanup(o *kube.Object) bool {
	pod := o.Root().Get("spec", "jobTemplate", "spec", "template", "spec")
	containers := pod.Get("containers").Items()
	isOther := func(f kube.Field) bool { return f.Text("name") != TargetContainer }
	if len(containers) != 1 || slices.ContainsFunc(pod.Get("initContainers").Items(), isOther) ||
		pod.Get("volumes").Exists() {
		return false
	}
	return w.isExec(o, containers[0])
}

// isExec reports whether a container of a CronJob runs a command in the workload's daemon.
func (w Workload) isExec(o *kube.Object, container kube.Field) bool {
	exec, ok := execOf(kube.Container{Field: container})
	_, name, _ := strings.Cut(Target(exec.Target, o.Root().Get("spec", "jobTemplate", "spec", "template")), "/")
	return ok && w.isName(name) && exec.Container == w.Daemon
}

// IsRewritten reports whether an object without a journal is a user's CronJob that a conversion has rewritten: it
// runs a command in the workload's daemon, and was not generated.
func (w Workload) IsRewritten(o *kube.Object) bool {
	containers := o.Root().Get("spec", "jobTemplate", "spec", "template", "spec", "containers").Items()
	return o.Kind() == "CronJob" && !w.isListed(o) &&
		slices.ContainsFunc(containers, func(container kube.Field) bool { return w.isExec(o, container) })
}

// isExecRole reports whether a role allows kubectl exec into the pods of the workload, and nothing else.
func (w Workload) isExecRole(o *kube.Object) bool {
	kind, _, _ := strings.Cut(w.Title, "/")
	execs := false
	for _, rule := range o.Root().Get("rules").Items() {
		resources, verbs, names := rule.Texts("resources"), rule.Texts("verbs"), rule.Texts("resourceNames")
		switch inCore := slices.Equal(rule.Texts("apiGroups"), []string{""}); {
		case inCore && slices.Equal(resources, []string{"pods"}) && within(verbs, "get", "list", "watch"):
		case inCore && slices.Equal(resources, []string{"pods/exec"}) && within(verbs, "get", "create"):
			execs = true
		case slices.Equal(resources, []string{strings.ToLower(kind) + "s"}) && within(verbs, "get", "list", "watch") &&
			len(names) == 1 && w.isName(names[0]):
		default:
			return false
		}
	}
	return execs
}

func within(words []string, allowed ...string) bool {
	return !slices.ContainsFunc(words, func(word string) bool { return !slices.Contains(allowed, word) })
}

// boundAccount returns the only service account that a binding grants its role to.
func boundAccount(o *kube.Object) (name string, ok bool) {
	subjects := o.Root().Get("subjects").Items()
	if len(subjects) != 1 || subjects[0].Text("kind") != "ServiceAccount" || o.Text("roleRef", "kind") != "Role" {
		return "", false
	}
	return subjects[0].Text("name"), true
}
