// Package limits holds the limits that an input has to keep. One beyond them is refused by an error that names the limit;
// tests/limits_test.go has inputs on both sides.
package limits

// Of one YAML document; see fn/yamldoc.
const (
	// Depth of mappings and sequences in each other. A pod's fields are some 20 deep, the schema of a custom resource
	// definition some 100. The API server's own limit for JSON is 10,000.
	Depth = 500
	// Copies is how many nodes the aliases and merge keys of a document may stand for, besides those that are written.
	Copies = 100_000
)

// Of one object; see fn/kube and fn/convert.
const (
	// PodEntries are the containers, volumes and volume mounts of a pod, together. Passes compare them with each other.
	PodEntries = 1_000
	// ObjectEntries are those of all pods of an object.
	ObjectEntries = 20_000
	// PodsInObject are the pods that one object describes, such as the templates of a workflow.
	PodsInObject = 1_000
	// TextDepth is how many texts that are YAML may be in each other, such as a manifest in a ConfigMap in a manifest.
	TextDepth = 3
	// Journal is the length of a journal in bytes. It keeps the annotations of an object below the API server's limit for
	// all of them together, 256 KiB (k8s.io/apimachinery TotalAnnotationSizeLimitB), with room for those of others.
	Journal = 192 << 10
)
