// Package helm tests dindify with the real Helm 3 and 4, with the chart in examples/helm.
package helm

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/tests/docker/engine"
	"github.com/boxp/dindify/tests/docker/objects"
	"github.com/boxp/dindify/tests/docker/product"
)

// client is a Helm with an empty home that runs in the repository's root, as in the example's README.
type client struct {
	helm string
	root string
	env  []string
}

func TestHelm3(t *testing.T) {
	c := newClient(t, "v3")
	check(t, c, "--post-renderer=dindify", "--post-renderer-args=convert")
}

func TestHelm4(t *testing.T) {
	c := newClient(t, "v4")
	dir := t.TempDir()
	initialize := exec.Command("dindify", "init", "-o", dir, "--", c.helm, "template", "agents", "examples/helm/openhands")
	initialize.Dir, initialize.Env = c.root, c.env
	said, err := initialize.CombinedOutput()
	require.NoError(t, err, string(said))
	plugin := filepath.Join(dir, "dindify-helm")
	require.Contains(t, string(said), "helm-v4 plugin install "+plugin+"\n")
	_, stderr, err := c.run("plugin", "install", plugin)
	require.NoError(t, err, stderr)
	check(t, c, "--post-renderer=dindify") // the plugin's name

	t.Run("what it did is seen", func(t *testing.T) {
		_, stderr, err := c.template("--post-renderer=dindify")
		require.NoError(t, err, stderr)
		assert.Contains(t, stderr, "now has its own Docker daemon")
	})
}

// TestChartInAKustomization: dindify build renders charts with the same flags as kustomize build.
func TestChartInAKustomization(t *testing.T) {
	c := newClient(t, "v3")
	dir := t.TempDir()
	require.NoError(t, os.CopyFS(filepath.Join(dir, "charts", "openhands"), os.DirFS(filepath.Join(c.root, "examples",
		"helm", "openhands"))))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "kustomization.yaml"), []byte("helmCharts: [{name: openhands, "+
		"releaseName: agents, namespace: lab}]\n"), 0o644))
	build := func(program string) objects.Set {
		cmd := exec.Command(program, "build", "--enable-helm", "--helm-command="+c.helm,
			"--helm-kube-version=1.34.0", "--helm-api-versions=lab/v1", dir)
		cmd.Env = c.env
		var stderr strings.Builder
		cmd.Stderr = &stderr
		out, err := cmd.Output()
		require.NoError(t, err, stderr.String())
		return objects.Parse(t, string(out))
	}
	chart := build("kustomize")
	require.Contains(t, chart, "apps/v1 Deployment lab/agents")
	objects.Equal(t, chart, build("dindify"))
}

func check(t *testing.T, c client, postRenderer ...string) {
	t.Run("on", func(t *testing.T) { on(t, c, postRenderer) })
	t.Run("off", func(t *testing.T) { off(t, c, postRenderer) })
	t.Run("a failure says why", func(t *testing.T) { failure(t, c, postRenderer) })
}

// on checks that dindify as a post-renderer prints the same objects as `helm template | dindify convert -`.
func on(t *testing.T, c client, postRenderer []string) {
	const config = "examples/helm/dindify.yaml"
	chart, stderr, err := c.template()
	require.NoError(t, err, stderr)
	byHand := exec.Command("dindify", "convert", "--config", config, "-")
	byHand.Dir, byHand.Stdin = c.root, strings.NewReader(chart)
	converted, err := byHand.Output()
	require.NoError(t, err)
	want := objects.Parse(t, string(converted))
	require.Contains(t, want["apps/v1 Deployment lab/agents"], "sizeLimit: 20Gi")
	require.Contains(t, want["batch/v1 CronJob lab/agents-docker-cleanup"], "kubectl")

	flags := append(postRenderer, "--post-renderer-args=--config="+config)
	rendered, stderr, err := c.template(flags...)
	require.NoError(t, err, stderr)
	objects.Equal(t, want, objects.Parse(t, rendered))
}

// off checks that mode DooD leaves the chart unchanged.
func off(t *testing.T, c client, postRenderer []string) {
	chart, stderr, err := c.template()
	require.NoError(t, err, stderr)
	rendered, stderr, err := c.template(append(postRenderer, configured(t, "{mode: DooD}"))...)
	require.NoError(t, err, stderr)
	objects.Equal(t, objects.Parse(t, chart), objects.Parse(t, rendered))
}

func failure(t *testing.T, c client, postRenderer []string) {
	stdout, stderr, err := c.template(append(postRenderer, configured(t, "{daemon.imagee: docker:dind}"))...)
	require.Error(t, err)
	assert.Contains(t, stderr, "daemon.imagee")
	assert.Empty(t, stdout)
}

// configured returns the post-renderer's argument that names a configuration with these keys.
func configured(t *testing.T, data string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "config.yaml")
	require.NoError(t, os.WriteFile(file, []byte("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: "+
		"test}\ndata: "+data+"\n"), 0o644))
	return "--post-renderer-args=--config=" + file
}

// newClient builds that Helm into the cache: a minute or two the first time, then seconds with Go's build cache.
func newClient(t *testing.T, major string) client {
	t.Helper()
	helm := filepath.Join(engine.Cache(t), "helm-"+major)
	build := exec.Command("go", "build", "-o", helm, "helm.sh/helm/"+major+"/cmd/helm")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	out, err := build.CombinedOutput()
	require.NoError(t, err, "%s", out)

	t.Setenv("PATH", product.Bin(t)+":"+os.Getenv("PATH"))
	home := t.TempDir()
	return client{helm, product.Root(t), append(os.Environ(), "HELM_PLUGINS="+filepath.Join(home, "plugins"),
		"HELM_DATA_HOME="+home, "HELM_CACHE_HOME="+home, "HELM_CONFIG_HOME="+home)}
}

// template renders the example's chart.
func (c client) template(flags ...string) (stdout, stderr string, err error) {
	return c.run(append([]string{"template", "agents", "examples/helm/openhands", "--namespace=lab"}, flags...)...)
}

func (c client) run(args ...string) (stdout, stderr string, err error) {
	cmd := exec.Command(c.helm, args...)
	cmd.Dir, cmd.Env = c.root, c.env
	var out, diagnostics strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &diagnostics
	err = cmd.Run()
	return out.String(), diagnostics.String(), err
}
