// Package limits holds the limits for inputs. Exceeding one is an error that names the limit. tests/limits_test.go
// tests both sides of each.
package limits

// Limits of one file; see fn/cli.
const (
	// AuditedFile is the size in bytes up to which an audit reads a file that it finds in a folder. A file named by an
	// argument is read at any size.
	AuditedFile = 32 << 20
	// HelmRelease is the size in bytes up to which the record of a release in a Secret is decompressed.
	HelmRelease = 32 << 20
	// BinaryHead is the number of bytes at the start of a file that are checked for a zero byte, which marks a binary
	// file. git and grep do the same.
	BinaryHead = 8000
)

// Limits of one YAML document; see fn/yamldoc.
const (
	// Depth is the nesting of mappings and sequences. A pod's fields are about 20 levels deep, the schema of a custom
	// resource definition about 100. The API server's own limit for JSON is 10,000.
	Depth = 500
	// Copies is the number of nodes that the aliases and merge keys of a document may expand to.
	Copies = 100_000
)

// Limits of one object; see fn/kube and fn/discover.
const (
	// PodEntries limits the containers, volumes and volume mounts of a pod, in total. Passes compare them with each
	// other.
	PodEntries = 1_000
	// PodVariables limits the environment variables of all containers of a pod.
	PodVariables = 2_000
	// ObjectEntries limits the containers, volumes and volume mounts of all pods of an object.
	ObjectEntries = 20_000
	// PodsInObject limits the pods that one object describes, such as the templates of a workflow.
	PodsInObject = 1_000
	// TextDepth is how deep YAML texts may be nested, such as a manifest in a ConfigMap in a manifest.
	TextDepth = 3
	// Journal is the length of a journal in bytes. It keeps the object's annotations below the API server's limit for
	// their total size, 256 KiB (k8s.io/apimachinery TotalAnnotationSizeLimitB), and leaves room for other annotations.
	Journal = 192 << 10
)

// Limits of one run; see LookupCount. Each container reads the entries of the ConfigMaps and Secrets that it uses, and
// each client is compared with each policy, so the number of lookups can be a product of two counts.
const (
	// Lookups limits the lookups of all containers and clients in total.
	Lookups = 500_000
	// LookupsPerDocument is added to Lookups for each document of the run.
	LookupsPerDocument = 300
)
