package checks

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/tests/cluster/binaries"
)

// Variant is a column: manifests, and which rows are documented not to hold for them.
type Variant struct {
	Name      string
	Title     string
	Manifests []byte
	Limits    []string // IDs of rows
	Fails     []string // ids of the checks of kubectl-dindify that fail for it, and no others
}

// Seed is the three manifests of the design that started it, unchanged but for the language of the comments.
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

// Modes are the names of the variants that differ in how the daemon is isolated, and of what they are compared with.
var Modes = []string{"seed", "dind-unix", "rootless", "userns", "gvisor"}

// columnNames are the names of the variants, in the table's order.
func columnNames() []string {
	names := []string{"seed", "dind", "dind-unix", "file", "rootless"}
	if binaries.Selected().Containerd.Dir != "" {
	}
	return names
}

// Ours is what kustomize printed of each overlay before the tests went into the sandbox. The last three need a node of
// today.
func Ours(t testing.TB) []Variant {
	t.Helper()
	// A privileged container has no cgroup namespace: on cgroup v2 its daemon makes groups beside its own.
	var noCgroups []string
	if binaries.Selected().CgroupV2 {
		noCgroups = []string{"memory", "leftovers"}
	}
	variants := []Variant{
		// The seed's choices: over TCP there is no socket, and what PostStart starts beside the app never ends. dindify
		// refuses PostStart for a Job; here the pod is made one behind its back.
		{
			"dind", "TCP, PostStart: `overlays/dind`", Rendered(t, "dind"), append([]string{"socket-path", "job"}, noCgroups...),
			[]string{"canary-job"},
		},
		{"dind-unix", "Privileged", Rendered(t, "dind-unix"), noCgroups, nil},
		// A bind-mounted socket goes stale with the daemon that made it.
		{
			"file", "Privileged, `socketMount: File`", Rendered(t, "file"), append([]string{"restart"}, noCgroups...),
			[]string{"canary-restart"},
		},
		// Without systemd the daemon has no groups for its containers, and warns of it.
		{"rootless", "Rootless", Rendered(t, "rootless"), []string{"engine"}, nil},
	}
	if binaries.Selected().Containerd.Dir != "" {
		variants = append(variants,
			Variant{"userns", "UserNamespace", Rendered(t, "userns"), []string{"nested-privileged"}, nil},
			Variant{"gvisor", "GVisor (TCP)", Rendered(t, "gvisor"), []string{
				"reach-nested", "socket-path", "compose",
				"outside",
			}, nil})
	}
	return variants
}
