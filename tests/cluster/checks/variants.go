package checks

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/tests/cluster/binaries"
)

// Variant is a column: manifests, and the rows with documented limits.
type Variant struct {
	Name      string
	Title     string
	Manifests []byte
	Limits    []Limit
	Fails     []string // ids of the checks of kubectl-dindify that must fail for it, and no others
}

// Seed returns the three manifests of the original design, unchanged except for the language of the comments.
func Seed(t testing.TB) Variant {
	t.Helper()
	files, err := filepath.Glob("../testdata/seed/*.yaml")
	require.NoError(t, err)
	var documents [][]byte
	for _, file := range files {
		content, err := os.ReadFile(file)
		require.NoError(t, err)
		documents = append(documents, content)
	}
	require.Len(t, documents, 3)
	return Variant{
		Name: "seed", Title: "before: the seed's manifests", Manifests: bytes.Join(documents, []byte("\n---\n")),
		Fails: []string{
			"port-closed", "port-listen", "mirror", "nested-mount", "nested-port", "data", "cleanup-works",
			"canary-job",
		},
	}
}

// Modes are the names of the variants with different isolation modes, and of those to compare them with.
var Modes = []string{"seed", "dind-unix", "rootless", "userns", "gvisor"}

// columnNames returns the names of the variants that every node can run, in the table's order.
func columnNames() []string {
	return []string{"seed", "dind", "dind-unix", "file", "rootless"}
}

// Ours returns kustomize's output for each overlay, built before the tests entered the sandbox. Two of them need a
// node with current versions. What takes longest comes first: the nodes take them in this order.
func Ours(t testing.TB) []Variant {
	t.Helper()
	privileged := privilegedLimits()
	variants := []Variant{
		{
			"dind", "TCP, PostStart: `overlays/dind`", Rendered(t, "dind"),
			append([]Limit{noSocketFile, neverEnds}, privileged...),
			[]string{"canary-job"},
		},
		{"dind-unix", "Privileged", Rendered(t, "dind-unix"), privileged, nil},
		{
			"file", "Privileged, `socketMount: File`", Rendered(t, "file"), append([]Limit{deadSocket}, privileged...),
			[]string{"canary-restart"},
		},
	}
	if binaries.Selected().Containerd.Dir != "" {
		variants = append(variants,
			Variant{"gvisor", "GVisor (TCP)", Rendered(t, "gvisor"), gvisorLimits(), nil},
			Variant{"userns", "UserNamespace", Rendered(t, "userns"), []Limit{noSysfs}, nil})
	}
	return append(variants, Variant{"rootless", "Rootless", Rendered(t, "rootless"), rootlessLimits(t), nil})
}
