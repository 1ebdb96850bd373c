// Package api is the part of Kubernetes' API that dindify writes, and that its configuration holds. Types, fields,
// their order and their tags are those of k8s.io/api, which api_test.go holds them against. That module stays out of
// the program: it brings along what a client of an API server needs, and a process sets that up before main. What a
// user may configure has all of its fields here; what dindify alone writes, those that it writes.
//
// Enumerations are strings, with names for the values that dindify writes.
package api

// NamespaceDefault is where objects are that name no namespace.
const NamespaceDefault = "default"

// TypeMeta says what an object is. The version stands first, as people write it; upstream it is the second field.
type TypeMeta struct {
	APIVersion string `json:"apiVersion,omitempty"`
	Kind       string `json:"kind,omitempty"`
}

// ObjectMeta says which one it is. What only a cluster fills in (creationTimestamp) is no field here.
type ObjectMeta struct {
	Name        string            `json:"name,omitempty"`
	Namespace   string            `json:"namespace,omitempty"`
	Labels      map[string]string `json:"labels,omitempty"`
	Annotations map[string]string `json:"annotations,omitempty"`
}
