// Package limits holds the limits that an input has to keep. One beyond them is refused by an error that names the
// limit; tests/limits_test.go has inputs on both sides.
package limits

// Of one file; see fn/cli.
const (
	// AuditedFile is the size in bytes up to which an audit reads a file that it finds in a folder. A file that an
	// argument names is read whatever its size.
	AuditedFile = 32 << 20
	// BinaryHead is how many bytes at the start of a file tell whether it is text, as git and grep do it: a zero byte is
	// in none.
	BinaryHead = 8000
)

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
	// PodVariables are the environment variables of a pod's containers, together.
	PodVariables = 2_000
	// ObjectEntries are those of all pods of an object.
	ObjectEntries = 20_000
	// PodsInObject are the pods that one object describes, such as the templates of a workflow.
	PodsInObject = 1_000
	// TextDepth is how many texts that are YAML may be in each other, such as a manifest in a ConfigMap in a manifest.
	TextDepth = 3
	// Journal is the length of a journal in bytes. It keeps the annotations of an object below the API server's limit
	// for all of them together, 256 KiB (k8s.io/apimachinery TotalAnnotationSizeLimitB), with room for those of
	// others.
	Journal = 192 << 10
)

// Of one run; see fn/convert. A container looks at each entry of the ConfigMaps and Secrets that it takes, and a client
// at each policy beside it: there may be as many looks as the one times the other.
const (
	// Looks of all containers and clients together.
	Looks = 500_000
	// LooksPerDocument is how many more each document of the run adds.
	LooksPerDocument = 300
)
