// Package apiserver checks dindify's output with a real API server.
package apiserver

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/tests/cluster/binaries"
	"github.com/boxp/dindify/tests/cluster/controlplane"
	"github.com/boxp/dindify/tests/cluster/kube"
)

// TestEveryPairOfChoicesIsAccepted dry-runs the output of the product's own pairwise test: the server defaults, admits
// and validates every document, and refuses unknown fields.
func TestEveryPairOfChoicesIsAccepted(t *testing.T) {
	root, err := binaries.RepositoryRoot(t.Context())
	require.NoError(t, err)
	dir := t.TempDir()
	convert := exec.CommandContext(t.Context(), "go", "test", "./tests", "-count=1", "-run", "^TestEveryPairOfChoices",
		"-keep", dir)
	convert.Dir = root
	out, err := convert.CombinedOutput()
	require.NoErrorf(t, err, "%s", out)
	files, err := filepath.Glob(filepath.Join(dir, "*.yaml"))
	require.NoError(t, err)
	require.NotEmpty(t, files)

	cp := controlplane.Start(t)
	documents := 0
	for _, file := range files {
		stream, err := os.ReadFile(file)
		require.NoError(t, err)
		documents += createNamespaces(t, cp, stream)
		require.NoError(t, cp.DryRun(t.Context(), stream), filepath.Base(file))
	}
	t.Logf("%d combinations, %d documents, all accepted", len(files), documents)
}

// TestPodResourcesHaveRoomForTheDaemon: the API server refuses containers that request more than their pod's own
// resources (on by default since Kubernetes 1.34), and must accept the converted pod. Package checks runs one.
func TestPodResourcesHaveRoomForTheDaemon(t *testing.T) {
	root, err := binaries.RepositoryRoot(t.Context())
	require.NoError(t, err)
	convert := exec.CommandContext(t.Context(), "go", "run", "./fn/dindify", "convert",
		"tests/cluster/testdata/kinds/pod-resources.yaml")
	convert.Dir = root
	converted, err := convert.Output()
	require.NoError(t, err)

	cp := controlplane.Start(t)
	createNamespaces(t, cp, converted)
	require.NoError(t, cp.DryRun(t.Context(), converted))

	unraised := strings.Replace(string(converted), "memory: 2240Mi", "memory: 128Mi", 1)
	require.NotEqual(t, string(converted), unraised)
	require.ErrorContains(t, cp.DryRun(t.Context(), []byte(unraised)), "aggregate container requests")
}

// createNamespaces creates the namespaces of the documents, and counts the documents.
func createNamespaces(t *testing.T, cp *controlplane.ControlPlane, stream []byte) int {
	t.Helper()
	objects, err := kube.Decode(stream)
	require.NoError(t, err)
	for _, object := range objects {
		if namespace := object.GetNamespace(); namespace != "" && namespace != "default" {
			cp.CreateNamespace(t, namespace)
		}
	}
	return len(objects)
}
