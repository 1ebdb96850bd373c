package checks

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/tests/cluster/binaries"
	"github.com/boxp/dindify/tests/cluster/node"
	"github.com/boxp/dindify/tests/cluster/sandbox"
)

const optionsMTU = "1400"

// OptionModes are the isolation modes with different networks.
func OptionModes() []string {
	modes := []string{"Privileged", "Rootless"}
	if binaries.Selected().Containerd.Dir != "" {
		modes = append(modes, "UserNamespace")
	}
	return modes
}

// WithoutNetworkFlag reports whether the daemon's image has an engine that does not know --default-network-opt, which
// spec.daemon.mtu needs.
func WithoutNetworkFlag() bool { return oldEngine() }

// Options is a small client with the daemon's options set, converted for one isolation mode. The registries run beside
// it. The MTU is left out for an engine that does not know it.
func Options(t testing.TB, n *node.Node, isolation string) Variant {
	t.Helper()
	if !WithoutNetworkFlag() {
		return options(t, n, isolation, "mtu: "+optionsMTU)
	}
	variant := options(t, n, isolation, "")
	variant.Limits = []Limit{noNetworkFlag("mtu"), noNetworkFlag("mtu-network")}
	return variant
}

// TryMTU returns what the daemon says that does not know the option.
func TryMTU(t testing.TB, n *node.Node, isolation string) string {
	t.Helper()
	seen := Try(t, n, options(t, n, isolation, "mtu: "+optionsMTU), oldNetworkFlag)
	ended, _, _ := strings.Cut(seen, ";") // the kubelet's events follow
	return ended
}

func options(t testing.TB, n *node.Node, isolation, more string) Variant {
	t.Helper()
	runtimeClass := ""
	if isolation == "UserNamespace" {
		runtimeClass = node.WritableClass
	}
	login, mirror := registries(t, n)
	config := fmt.Sprintf(`
apiVersion: dindify.dev/v1alpha1
kind: DinD
metadata: {name: options}
spec:
  daemon:
    isolation: %s
    runtimeClassName: %q
    registryMirrors: ["http://%s"]
    insecureRegistries: [%q, %q]
    %s
  cleanup: {mode: None}
`, isolation, runtimeClass, mirror, login, mirror, more)
	return Variant{Name: isolation, Title: isolation, Manifests: convertOptions(t, config, login)}
}

func convertOptions(t testing.TB, config, registry string) []byte {
	t.Helper()
	client, err := os.ReadFile("../testdata/options/deployment.yaml")
	require.NoError(t, err)
	file := filepath.Join(t.TempDir(), "dindify.yaml")
	require.NoError(t, os.WriteFile(file, []byte(config), 0o644))
	return Dindify(t, []byte(strings.ReplaceAll(string(client), "REGISTRY", registry)), "convert", "-c", file, "-")
}

// registries starts the registry with a login and the mirror, and returns their addresses.
func registries(t testing.TB, n *node.Node) (login, mirror string) {
	t.Helper()
	manifests, err := os.ReadFile("../testdata/options/registry.yaml")
	require.NoError(t, err)
	n.CreateNamespace(t, "default")
	n.Load(t, manifests)
	require.NoError(t, n.Apply(t.Context(), manifests))
	address := func(pod string) string { return n.WaitPodReady(t, "default", pod).Status.PodIP + ":5000" }
	return address("registry"), address("mirror")
}

// OptionRows are checked with the daemon's options set. ended is what a daemon said that ended because of the MTU.
func OptionRows(ended string) []Row {
	return []Row{
		{"mtu", "`mtu: 1400` on the default bridge", mtuOf("bridge", ended)},
		{"mtu-network", "`mtu: 1400` in a user-defined network", mtuOf("own", ended)},
		{"mirror", "a pull through `registryMirrors`", pullFromMirror},
		{"login", "a pull from a registry that asks for the client's login", pullWithLogin},
		{"load", "`docker import` of 1 GB, through kubectl exec", loadGigabyte},
	}
}

// mtuOf returns the MTU of the interface of a nested container in a network.
func mtuOf(network, ended string) func(testing.TB, *Workload) Finding {
	return func(t testing.TB, w *Workload) Finding {
		if ended != "" {
			return bad("`%s`", ended)
		}
		w.loadImage(t, runtimeImage)
		_, _ = w.inApp(t, nil, "docker", "network", "create", network) // bridge exists
		out, err := w.inApp(t, nil, "docker", "run", "--rm", "--network", network, runtimeImage, "ip", "link", "show", "eth0")
		require.NoError(t, err)
		if !strings.Contains(out, "mtu "+optionsMTU) {
			return bad("`%s`", summary(out))
		}
		return good(optionsMTU)
	}
}

// pullFromMirror pushes an image to the mirror by the mirror's name, and pulls it by a name that does not exist on
// Docker Hub.
func pullFromMirror(t testing.TB, w *Workload) Finding {
	w.loadImage(t, runtimeImage)
	mirror := w.registry(t, "mirror")
	script := fmt.Sprintf(`set -e
docker tag %[1]s %[2]s/library/mirrored:1
docker push --quiet %[2]s/library/mirrored:1
docker image rm %[2]s/library/mirrored:1
docker pull --quiet mirrored:1`, runtimeImage, mirror)
	out, err := w.inApp(t, nil, "sh", "-c", script)
	if err != nil {
		return bad("`%s`", summary(out))
	}
	return good("comes from the mirror")
}

func pullWithLogin(t testing.TB, w *Workload) Finding {
	w.loadImage(t, runtimeImage)
	image := w.registry(t, "registry") + "/private:1"
	script := fmt.Sprintf(`set -e
docker tag %[1]s %[2]s
docker push --quiet %[2]s
docker image rm %[2]s
if docker --config /nowhere pull --quiet %[2]s 2>/dev/null; then echo no login was needed; exit 1; fi
docker pull --quiet %[2]s`, runtimeImage, image)
	out, err := w.inApp(t, nil, "sh", "-c", script)
	if err != nil {
		return bad("`%s`", summary(out))
	}
	return good("works, and is refused without it")
}

func (w *Workload) registry(t testing.TB, pod string) string {
	t.Helper()
	return w.WaitPodReady(t, "default", pod).Status.PodIP + ":5000"
}

// loadGigabyte sends an image of 1 GB through the API server, the kubelet and the client to the daemon.
func loadGigabyte(t testing.TB, w *Workload) Finding {
	const name = "large.tar"
	dir := sandbox.StateDir()
	script := fmt.Sprintf("truncate --size 1G %[1]s/zeros && tar --create --file %[1]s/%[2]s --directory %[1]s zeros && "+
		"rm %[1]s/zeros", dir, name)
	out, err := exec.CommandContext(t.Context(), "sh", "-c", script).CombinedOutput()
	require.NoErrorf(t, err, "%s", out)
	archive, err := os.Open(filepath.Join(dir, name))
	require.NoError(t, err)
	defer os.Remove(archive.Name())
	defer archive.Close()
	begin := time.Now()
	loaded, err := w.inApp(t, archive, "docker", "import", "-", "large:1")
	if err != nil {
		return bad("`%s`", summary(loaded))
	}
	return good("%.0f s", time.Since(begin).Seconds())
}
