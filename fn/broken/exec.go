package broken

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/boxp/dindify/fn/api"
	"github.com/boxp/dindify/fn/journal"
	"github.com/boxp/dindify/fn/kube"
)

// isExecJob reports whether one of dindify's jobs calls kubectl exec: a generated or a rewritten one.
func isExecJob(o *kube.Object, pod kube.Pod) bool {
	return o.Kind() == "CronJob" && (journal.On(o) || o.Annotation(kube.ServesAnnotation) != "") && execOf(pod) != nil
}

// execOf returns the command of the container that calls kubectl exec, or nil.
func execOf(pod kube.Pod) []string {
	for _, container := range pod.Containers() {
		if line := container.Texts("command"); len(line) > 2 && line[0] == "kubectl" && line[1] == "exec" {
			return line
		}
	}
	return nil
}

// execPeers indexes the objects that clean-up jobs name, once for all jobs: there may be one per workload.
type execPeers struct {
	workloads map[peer]*kube.Object // converted ones
	ofKind    map[string][]string   // the same in readable form, by kubectl's name of the kind
	roles     map[peer]*kube.Object
	bound     map[peer][]string // Roles that a service account is bound to
	access    map[string]bool   // namespaces with a Role or a RoleBinding
}

// peer identifies an object that a job names.
type peer struct{ kind, namespace, name string }

const account = "serviceaccount"

func newExecPeers(set *kube.Set, converted []*kube.Object) *execPeers {
	p := &execPeers{
		map[peer]*kube.Object{}, map[string][]string{}, map[peer]*kube.Object{}, map[peer][]string{}, map[string]bool{},
	}
	for _, o := range converted {
		if journal.On(o) {
			kind := strings.ToLower(o.Kind())
			p.ofKind[kind] = append(p.ofKind[kind], o.Ref().String())
			keepFirst(p.workloads, peer{kind, o.Namespace(), o.Name()}, o)
		}
	}
	for _, o := range set.OfKinds("Role", "RoleBinding") {
		p.access[o.Namespace()] = true
		if o.Kind() == "Role" {
			keepFirst(p.roles, peer{"role", o.Namespace(), o.Name()}, o)
			continue
		}
		for _, s := range o.Root().Get("subjects").Items() {
			if s.Text("kind") == "ServiceAccount" && cmp.Or(s.Text("namespace"), api.NamespaceDefault) ==
				cmp.Or(o.Namespace(), api.NamespaceDefault) {
				of := peer{account, o.Namespace(), s.Text("name")}
				p.bound[of] = append(p.bound[of], o.Text("roleRef", "name"))
			}
		}
	}
	return p
}

func keepFirst(all map[peer]*kube.Object, key peer, o *kube.Object) {
	if all[key] == nil {
		all[key] = o
	}
}

// checkExec checks what a clean-up job names: the workload, its daemon container, and the permissions of its account.
func (p *execPeers) checkExec(o *kube.Object, pod kube.Pod, broken func(kube.Field, string)) {
	line := execOf(pod)
	kind, name, _ := strings.Cut(journal.Target(target(line), pod.Template()), "/")
	kind = strings.ToLower(kind)
	workload, others := p.workloads[peer{kind, o.Namespace(), name}], p.ofKind[kind]
	switch {
	case workload == nil && len(others) > 0:
		broken(pod.Field, "kubectl exec names "+kind+"/"+name+", which does not exist; there is "+firstOf(others)+
			": a prefix, suffix or namespace changed the names after the conversion; set spec.cleanup.mode to Sidecar, or let "+
			"names reach the job as dindify init does: docs/hosts.md, Names in an outer kustomization")
		return
	case workload == nil:
		return // in another file
	}
	if at := slices.Index(line, "-c"); at > 0 && at+1 < len(line) && !hasContainer(workload, line[at+1]) {
		broken(pod.Field, "kubectl exec names the container "+line[at+1]+", which is not in "+workload.Title())
	}
	p.checkAccount(o, pod, kind, name, broken)
}

// firstOf lists the first of many names, and the number of others.
func firstOf(names []string) string {
	const most = 3
	if len(names) <= most {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), len(names)-most)
}

// target returns the word of kubectl exec that names a workload.
func target(line []string) string {
	for _, word := range line[2:] {
		if strings.Contains(word, "/") && !strings.HasPrefix(word, "-") {
			return word
		}
	}
	return ""
}

func hasContainer(o *kube.Object, name string) bool {
	return slices.ContainsFunc(o.Pods(), func(pod kube.Pod) bool { return pod.Container(name).Exists() })
}

// checkAccount checks that a binding gives the job's service account a role that allows kubectl exec. If the input
// has no such objects, they are elsewhere.
func (p *execPeers) checkAccount(o *kube.Object, pod kube.Pod, kind, name string, broken func(kube.Field, string)) {
	if !p.access[o.Namespace()] {
		return
	}
	user := pod.Text("serviceAccountName")
	bound := p.bound[peer{account, o.Namespace(), user}]
	if len(bound) == 0 {
		broken(pod.Get("serviceAccountName"), "no RoleBinding of the namespace names the "+
			"service account "+user+", so kubectl exec is forbidden")
		return
	}
	var roles []*kube.Object
	for _, role := range bound {
		if found := p.roles[peer{"role", o.Namespace(), role}]; found != nil {
			roles = append(roles, found)
		}
	}
	switch {
	case len(roles) == 0:
		broken(pod.Get("serviceAccountName"), "the RoleBinding of the service account "+user+" names a Role that is "+
			"missing: "+firstOf(bound))
	case !slices.ContainsFunc(roles, func(role *kube.Object) bool { return allows(role, kind, name) }):
		broken(roles[0].Root().Get("rules"), "allows to get another "+kind+" than "+name+", which "+o.Title()+" names")
	}
}

// allows reports whether a role's rules include a workload by its name.
func allows(role *kube.Object, kind, name string) bool {
	return slices.ContainsFunc(role.Root().Get("rules").Items(), func(rule kube.Field) bool {
		names := rule.Texts("resourceNames")
		return slices.Contains(rule.Texts("resources"), kind+"s") && (len(names) == 0 || slices.Contains(names, name))
	})
}
