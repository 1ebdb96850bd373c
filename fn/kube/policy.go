package kube

import "slices"

// policyGroups lists API groups of objects that allow, forbid, change or make other objects.
var policyGroups = []string{
	"admissionregistration.k8s.io", "constraints.gatekeeper.sh", "kyverno.io", "mutations.gatekeeper.sh",
	"policies.kyverno.io", "policy", "security.openshift.io", "templates.gatekeeper.sh",
}

// IsPolicy reports whether the object is a rule about other objects, and starts nothing itself.
func (o *Object) IsPolicy() bool {
	return slices.Contains(policyGroups, o.Group()) || o.Kind() == "PodSecurityPolicy" ||
		o.Kind() == "SecurityContextConstraints"
}
