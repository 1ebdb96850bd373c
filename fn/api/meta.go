// Package api is the part of the Kubernetes API that dindify writes or that its configuration contains. Types,
// fields, their order and their tags equal those of k8s.io/api; api_test.go compares them. The program does not link
// k8s.io/api, which brings dependencies for an API client and their initialization before main. Types that users may
// configure have all of their fields; the others have only the fields that dindify writes.
//
// Enumerations are strings, with constants for the values that dindify writes.
package api

// NamespaceDefault is the namespace of objects that name none.
const NamespaceDefault = "default"

// TypeMeta holds the type of an object. The version comes first, as people write it; upstream it is the second field.
type TypeMeta struct {
	APIVersion string `json:"apiVersion,omitempty"`
	Kind       string `json:"kind,omitempty"`
}

// ObjectMeta identifies an object. It lacks the fields that only a cluster sets, such as creationTimestamp.
type ObjectMeta struct {
	Name        string            `json:"name,omitempty"`
	Namespace   string            `json:"namespace,omitempty"`
	Labels      map[string]string `json:"labels,omitempty"`
	Annotations map[string]string `json:"annotations,omitempty"`
}
