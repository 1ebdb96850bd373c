package verify

import (
	"strings"

	corev1 "k8s.io/api/core/v1"
)

// named is an object that a pod names and that admission looks up, so that a pod is refused while it is not there.
type named struct {
	kind, field string
	namespaced  bool
	message     string // of admission, if it is not there
	name        func(*corev1.PodSpec) string
}

var namedByPods = []named{
	{
		"ServiceAccount", "serviceAccountName", true, "error looking up service account",
		func(p *corev1.PodSpec) string { return p.ServiceAccountName },
	},
	{
		"PriorityClass", "priorityClassName", false, "no PriorityClass with name",
		func(p *corev1.PodSpec) string { return p.PriorityClassName },
	},
	{
		"RuntimeClass", "runtimeClassName", false, "pod rejected: RuntimeClass",
		func(p *corev1.PodSpec) string {
			if p.RuntimeClassName == nil {
				return ""
			}
			return *p.RuntimeClassName
		},
	},
}

// missingOf returns the object that a pod names and for lack of which admission refuses it.
func missingOf(pod *corev1.PodSpec, err error) (n named, name string, is bool) {
	for _, n := range namedByPods {
		if name := n.name(pod); name != "" && strings.Contains(err.Error(), n.message) {
			return n, name, true
		}
	}
	return named{}, "", false
}

// inFiles returns the object of a kind that is in the files, and so in the cluster after the apply, or "".
func (r *run) inFiles(n named, name, namespace string) string {
	if !n.namespaced {
		namespace = ""
	}
	if r.manifestIn(n.kind, namespace, name) == nil {
		return ""
	}
	return n.kind + " " + name
}

// missingOfFiles returns the object of the files for lack of which a pod of the files is refused, or "".
func (r *run) missingOfFiles(m *Manifest, err error) string {
	s, problem := r.subjectOf(m)
	if err == nil || problem != nil || s == nil {
		return ""
	}
	n, name, _ := missingOf(&s.Workload.Template.Spec, err)
	return r.inFiles(n, name, s.namespace())
}

// missingObject returns the finding for a pod that is refused because an object that it names is not there.
func (s *Subject) missingObject(err error) (f Finding, is bool) {
	if namespaceNotFound(err) {
		if s.manifestIn("Namespace", "", s.namespace()) != nil {
			return notYet("Namespace " + s.namespace()), true
		}
		return fail("kubectl create namespace "+s.namespace()+", or correct metadata.namespace",
			"namespace %s does not exist", s.namespace()), true
	}
	n, name, is := missingOf(s.Spec, err)
	if !is {
		return f, false
	}
	if what := s.inFiles(n, name, s.namespace()); what != "" {
		return notYet(what), true
	}
	return fail("kubectl get "+n.kind+" shows those that are there: make it, or correct the pod's spec."+n.field,
		"refused: the pod names %s %s, which is not there", n.kind, name), true
}

// notYet returns the finding for an object of the files that the cluster does not have, on which a check depends.
func notYet(what string) Finding {
	return unknown("apply it first, then check again", "%s is in the files, and not in the cluster yet", what)
}

// manifestOf returns a workload of the files, or nil. The namespace "" is any.
func (r *run) manifestOf(t target, namespace string) *Manifest {
	for _, m := range r.Manifests {
		k, known := m.workloadKind()
		if known && k.name == t.kind.name && m.Name == t.name && (namespace == "" || r.namespaceOf(m) == namespace) {
			return m
		}
	}
	return nil
}

// manifestIn returns an object of the files, or nil. The namespace "" is that of a kind without namespaces.
func (r *run) manifestIn(kind, namespace, name string) *Manifest {
	for _, m := range r.Manifests {
		if m.Kind == kind && m.Name == name && (namespace == "" || r.namespaceOf(m) == namespace) {
			return m
		}
	}
	return nil
}
