package kube

import "slices"

// policyGroups lists API groups of objects that allow, forbid, change or make other objects.
var policyGroups = []string{
	"admissionregistration.k8s.io", "constraints.gatekeeper.sh", "kyverno.io", "mutations.gatekeeper.sh",
	"policies.kyverno.io", "policy", "security.openshift.io", "templates.gatekeeper.sh",
}

// policyKinds lists kinds of other groups: rules of Tetragon, KubeArmor, Kubewarden and Prometheus.
var policyKinds = []string{
	"cilium.io/TracingPolicy", "cilium.io/TracingPolicyNamespaced", "monitoring.coreos.com/PrometheusRule",
	"policies.kubewarden.io/AdmissionPolicy", "policies.kubewarden.io/ClusterAdmissionPolicy",
	"security.kubearmor.com/KubeArmorClusterPolicy", "security.kubearmor.com/KubeArmorHostPolicy",
	"security.kubearmor.com/KubeArmorPolicy",
}

// IsPolicy reports whether the object is a rule about other objects, and starts nothing itself.
func (o *Object) IsPolicy() bool {
	return slices.Contains(policyGroups, o.Group()) || slices.Contains(policyKinds, o.Group()+"/"+o.Kind()) ||
		o.Kind() == "PodSecurityPolicy" || o.Kind() == "SecurityContextConstraints"
}
