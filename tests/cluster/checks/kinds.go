package checks

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/tests/cluster/binaries"
	"github.com/boxp/dindify/tests/cluster/node"
)

// Kind is an input that a cluster refuses, or that does not start correctly, unless the conversion handles it.
type Kind struct {
	Name  string // of the file in testdata/kinds
	Holds func(testing.TB, *Workload)
}

// Kinds returns the inputs, each with its check beyond the daemon's answer to its client.
func Kinds() []Kind {
	kinds := []Kind{
		{"late-file", lateFileIsAFile},
		{"quota", quotaAdmitsTheCleanup},
		{"rootless-socket", socketInANestedContainer},
		{"daemon-file", daemonReadsItsFile},
		{"rootless-daemon-file", daemonReadsItsFile},
		{"created-network", networkIsInTheDaemon},
	}
	if binaries.Selected().Containerd.Dir != "" {
		kinds = append(kinds, Kind{"pod-resources", podHasRoomForTheDaemon}) // Kubernetes 1.29 does not have the field
	}
	return kinds
}

// DeployKind converts the input like a user, with the configuration beside it if there is one, and waits for its pod.
func DeployKind(t testing.TB, n *node.Node, name string) *Workload {
	t.Helper()
	file := filepath.Join("../testdata/kinds", name)
	input, err := os.ReadFile(file + ".yaml")
	require.NoError(t, err)
	args := []string{"convert", "-"}
	if _, err := os.Stat(file + ".config.yaml"); err == nil {
		args = append(args, "-c", file+".config.yaml")
	}
	w := Deploy(t, n, Variant{Name: name, Manifests: Dindify(t, input, args...)})
	out, err := w.inApp(t, nil, "docker", "info", "--format", "{{.ID}}")
	require.NoError(t, err, out)
	w.loadImage(t, runtimeImage)
	return w
}

// lateFileIsAFile checks this in the client, in the daemon and in a container that mounts it.
func lateFileIsAFile(t testing.TB, w *Workload) {
	const file = "/etc/agent/config.toml"
	for _, look := range []func(testing.TB, ...string) (string, error){w.inClient, w.inDaemon} {
		out, err := look(t, "cat", file)
		require.NoError(t, err, out)
		require.Equal(t, "written\n", out)
	}
	out, err := w.inApp(t, nil, "docker", "run", "--rm", "--volume", file+":/config:ro", runtimeImage, "cat", "/config")
	require.NoError(t, err, out)
	require.Equal(t, "written\n", out)
}

func (w *Workload) inClient(t testing.TB, command ...string) (string, error) {
	return w.inApp(t, nil, command...)
}

// quotaAdmitsTheCleanup checks that its pod is created and its command runs.
func quotaAdmitsTheCleanup(t testing.TB, w *Workload) {
	w.loadImage(t, unusedImage)
	succeeded, log := w.runCleanup(t, "cleanup", nil)
	require.True(t, succeeded, log)
	_, err := w.inApp(t, nil, "docker", "image", "inspect", unusedImage)
	require.Error(t, err, "the unused image is gone")
}

// podHasRoomForTheDaemon checks that the kubelet runs a pod with its own resources, which include the daemon's, and
// that the daemon runs a container.
func podHasRoomForTheDaemon(t testing.TB, w *Workload) {
	require.NotNil(t, w.pod.Spec.Resources)
	t.Logf("resources of the pod: %+v", *w.pod.Spec.Resources)
	sum := w.pod.Spec.Containers[0].Resources.Limits.Memory().DeepCopy()
	for _, container := range w.pod.Spec.InitContainers {
		sum.Add(*container.Resources.Limits.Memory())
	}
	require.False(t, sum.IsZero())
	require.GreaterOrEqual(t, w.pod.Spec.Resources.Limits.Memory().Cmp(sum), 0)
	out, err := w.nested(t, "true")
	require.NoError(t, err, out)
}

// socketInANestedContainer checks the path at which clients expect it.
func socketInANestedContainer(t testing.TB, w *Workload) {
	out, err := w.inApp(t, nil, "docker", "run", "--rm", "--volume", "/var/run/docker.sock:/var/run/docker.sock",
		runtimeImage, "probe", "wait", "unix:///var/run/docker.sock")
	require.NoError(t, err, out)
	require.Equal(t, answers, strings.TrimSpace(out))
}

// daemonReadsItsFile checks a setting of the daemon.json in the daemon's volume, and that containers run with it.
func daemonReadsItsFile(t testing.TB, w *Workload) {
	out, err := w.inApp(t, nil, "docker", "info", "--format", "{{.Labels}}")
	require.NoError(t, err, out)
	require.Equal(t, "[from=file]", strings.TrimSpace(out))
	out, err = w.nested(t, "true")
	require.NoError(t, err, out)
}

// networkIsInTheDaemon runs a container in the network that the pod's init container has created.
func networkIsInTheDaemon(t testing.TB, w *Workload) {
	out, err := w.inApp(t, nil, "docker", "run", "--rm", "--network", "ci", runtimeImage, "true")
	require.NoError(t, err, out)
}
