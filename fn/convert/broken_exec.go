package convert

import (
	"slices"
	"strings"

	"github.com/boxp/dindify/fn/api"
	"github.com/boxp/dindify/fn/journal"
	"github.com/boxp/dindify/fn/kube"
)

// isExecJob says whether a job of dindify's calls kubectl exec: a generated one, or one that was rewritten.
func isExecJob(o *kube.Object, pod kube.Pod) bool {
	return o.Kind() == "CronJob" && (journal.On(o) || o.Annotation(kube.Serves) != "") && execOf(pod) != nil
}

// execOf is the command of the container that calls kubectl exec; nil where none does.
func execOf(pod kube.Pod) []string {
	for _, container := range pod.Containers() {
		if line := container.Texts("command"); len(line) > 2 && line[0] == "kubectl" && line[1] == "exec" {
			return line
		}
	}
	return nil
}

// checkExec looks at what a clean-up job names: the workload, the daemon's container in it, and the account that may.
func (c *Conversion) checkExec(o *kube.Object, pod kube.Pod, broken func(kube.Field, string)) {
	line := execOf(pod)
	kind, name, _ := strings.Cut(journal.Target(target(line), pod.Template()), "/")
	workload, others := c.named(kind, o.Namespace(), name)
	switch {
	case workload == nil && len(others) > 0:
		broken(pod.Field, "kubectl exec names "+kind+"/"+name+", which is not there; there is "+strings.Join(others, ", ")+
			": a prefix, suffix or namespace changed the names after the conversion; set spec.cleanup.mode to Sidecar, or let "+
			"names reach the job as dindify init does: docs/hosts.md, Names in an outer kustomization")
		return
	case workload == nil:
		return // in another file
	}
	if at := slices.Index(line, "-c"); at > 0 && at+1 < len(line) && !hasContainer(workload, line[at+1]) {
		broken(pod.Field, "kubectl exec names the container "+line[at+1]+", which is not in "+workload.Title())
	}
	c.checkAccount(o, pod, kind, name, broken)
}

// target is the word of kubectl exec that names a workload.
func target(line []string) string {
	for _, word := range line[2:] {
		if strings.Contains(word, "/") && !strings.HasPrefix(word, "-") {
			return word
		}
	}
	return ""
}

// named finds a workload by what kubectl calls its kind, and else the converted ones of that kind.
func (c *Conversion) named(kind, namespace, name string) (found *kube.Object, others []string) {
	for _, o := range c.Set.Objects() {
		if !strings.EqualFold(o.Kind(), kind) || !journal.On(o) {
			continue
		}
		if o.Name() == name && o.Namespace() == namespace {
			return o, nil
		}
		others = append(others, o.Ref().String())
	}
	return nil, others
}

func hasContainer(o *kube.Object, name string) bool {
	return slices.ContainsFunc(o.Pods(), func(pod kube.Pod) bool {
		return slices.ContainsFunc(pod.Containers(), func(c kube.Container) bool { return c.Name() == name })
	})
}

// checkAccount looks for the way from the job's service account by a binding to a role that allows kubectl exec. Where
// the input has no such objects at all they are elsewhere.
func (c *Conversion) checkAccount(o *kube.Object, pod kube.Pod, kind, name string, broken func(kube.Field, string)) {
	account := pod.Text("serviceAccountName")
	bindings := c.inNamespace(o, "RoleBinding")
	roles := c.inNamespace(o, "Role")
	if len(bindings)+len(roles) == 0 {
		return
	}
	var bound []string
	for _, b := range bindings {
		for _, s := range b.Root().Get("subjects").Items() {
			if s.Text("kind") == "ServiceAccount" && s.Text("name") == account && orDefault(s.Text("namespace")) == orDefault(
				o.Namespace()) {
				bound = append(bound, b.Text("roleRef", "name"))
			}
		}
	}
	if len(bound) == 0 {
		broken(pod.Get("serviceAccountName"), "no RoleBinding of the namespace names the "+
			"service account "+account+", so kubectl exec is forbidden")
		return
	}
	for _, role := range roles {
		if slices.Contains(bound, role.Name()) {
			if !allows(role, kind, name) {
				broken(role.Root().Get("rules"), "allows to get another "+kind+" than "+name+", which "+o.Title()+" names")
			}
			return
		}
	}
	broken(pod.Get("serviceAccountName"), "the RoleBinding of the service account "+account+" names a Role that is "+
		"not there: "+strings.Join(bound, ", "))
}

// allows says whether a role's rules reach a workload by its name.
func allows(role *kube.Object, kind, name string) bool {
	return slices.ContainsFunc(role.Root().Get("rules").Items(), func(rule kube.Field) bool {
		names := rule.Texts("resourceNames")
		return slices.Contains(rule.Texts("resources"), kind+"s") && (len(names) == 0 || slices.Contains(names, name))
	})
}

func orDefault(namespace string) string {
	if namespace == "" {
		return api.NamespaceDefault
	}
	return namespace
}

// inNamespace are the objects of a kind in the namespace of another object.
func (c *Conversion) inNamespace(o *kube.Object, kind string) []*kube.Object {
	return slices.DeleteFunc(c.Set.OfKinds(kind),
		func(other *kube.Object) bool { return other.Namespace() != o.Namespace() })
}
