// Package argocd tests the plugin in examples/argocd: the sidecar's image with the real argocd-cmp-server in it,
// called by the repo-server's own code.
package argocd

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/argoproj/argo-cd/v3/pkg/apis/application/v1alpha1"
	"github.com/argoproj/argo-cd/v3/util/cmp"
	utilio "github.com/argoproj/argo-cd/v3/util/io"

	"github.com/boxp/dindify/tests/docker/objects"
	"github.com/boxp/dindify/tests/docker/product"
)

func TestPlugin(t *testing.T) {
	startSidecar(t)
	bin := product.Bin(t)
	t.Setenv("PATH", bin+":"+os.Getenv("PATH")) // the repo-server has kustomize

	t.Run("an overlay is what kustomize makes of it", func(t *testing.T) { overlays(t, bin) })
	t.Run("an ApplicationSet rolls out by cluster", func(t *testing.T) { rollOut(t, bin) })
	t.Run("without a configuration it is off", func(t *testing.T) { isOff(t, bin) })
	t.Run("a dindify.yaml asks for the plugin", func(t *testing.T) { discovery(t, bin) })
	t.Run("a repository without dindify stays as it is", func(t *testing.T) { withoutDindify(t, bin) })
	t.Run("a large repository", func(t *testing.T) { large(t, bin) })
	t.Run("a failure says why", failures)
	t.Run("parameters are announced", announcement)
}

// named returns an Application's source that names the plugin.
func named(path string, parameters ...v1alpha1.ApplicationSourcePluginParameter) v1alpha1.ApplicationSource {
	return v1alpha1.ApplicationSource{
		RepoURL: "https://github.com/boxp/dindify", Path: path,
		Plugin: &v1alpha1.ApplicationSourcePlugin{Name: "dindify", Parameters: parameters},
	}
}

func config(file string) v1alpha1.ApplicationSourcePluginParameter {
	return v1alpha1.ApplicationSourcePluginParameter{Name: "config", String_: &file}
}

func settings(values map[string]string) v1alpha1.ApplicationSourcePluginParameter {
	return v1alpha1.ApplicationSourcePluginParameter{Name: "settings", OptionalMap: &v1alpha1.OptionalMap{Map: values}}
}

// overlays checks that overlays that list dindify are built as by kustomize.
func overlays(t *testing.T, bin string) {
	repo := checkout(t, nil)
	dirs, err := filepath.Glob(filepath.Join(repo, "overlays", "*", "dindify"))
	require.NoError(t, err)
	require.NotEmpty(t, dirs)
	for _, file := range dirs {
		path, err := filepath.Rel(repo, filepath.Dir(file))
		require.NoError(t, err)
		objects.Equal(t, built(t, bin, filepath.Join(repo, path)), deployed(t, repo, named(path)))
	}
}

// isOff checks that an Application that names the plugin without a configuration equals kustomize's output.
func isOff(t *testing.T, bin string) {
	repo := checkout(t, nil)
	for _, path := range []string{"base", "overlays/dood"} {
		objects.Equal(t, built(t, bin, filepath.Join(repo, path)), deployed(t, repo, named(path)))
	}
}

var modeAsText = "mode: DinD"

const (
	openhands = "resources: [../base]\n"
	typed     = "apiVersion: dindify.dev/v1alpha1\nkind: DinD\nmetadata: {name: openhands}\nspec: {daemon: " +
		"{name: engine}}\n"
)

// discovery checks that a file beside the kustomization selects the plugin, and that kustomize builds all others.
func discovery(t *testing.T, bin string) {
	repo := checkout(t, map[string]string{
		"app/kustomization.yaml": openhands, "app/dindify.yaml": typed,
		"other/kustomization.yaml": openhands, "other/conf/engine.yaml": typed,
	})
	nameless := v1alpha1.ApplicationSource{RepoURL: "https://github.com/boxp/dindify", Path: "app"}
	found := deployed(t, repo, nameless)
	objects.Equal(t, asTransformer(t, bin, "spec: {daemon: {name: engine}}"), found)
	objects.Equal(t, found, deployed(t, repo, named("other", config("conf/engine.yaml"))))

	nameless.Path = "other"
	response, err := generate(repo, nameless)
	require.NoError(t, err)
	assert.Equal(t, "Kustomize", response.SourceType)
}

// asTransformer returns kustomize's output for the base with the function as an exec transformer of this
// configuration.
func asTransformer(t *testing.T, bin, spec string) objects.Set {
	t.Helper()
	repo := checkout(t, map[string]string{
		"app/kustomization.yaml": openhands + "transformers: [function.yaml]\n",
		"app/function.yaml":      transformer(spec),
	})
	return built(t, bin, filepath.Join(repo, "app"))
}

func transformer(spec string) string {
	return "apiVersion: dindify.dev/v1alpha1\nkind: DinD\nmetadata:\n  name: openhands\n" +
		"  annotations:\n    config.kubernetes.io/function: 'exec: {path: dindify}'\n" + spec + "\n"
}

// failures checks the errors that Argo CD shows for an application that does not build.
func failures(t *testing.T) {
	repo := checkout(t, map[string]string{
		"app/kustomization.yaml": openhands,
		"empty/kustomization.yaml": "resources: [cm.yaml]\npatches:\n- patch: '{apiVersion: v1, kind: ConfigMap, " +
			"metadata: {name: cm}, $patch: delete}'\n",
		"empty/cm.yaml":             "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: cm}\n",
		"broken/kustomization.yaml": "resources: [missing.yaml]\n",
	})
	for name, test := range map[string]struct {
		source v1alpha1.ApplicationSource
		says   string
	}{
		"a misspelled setting": {
			named("app", settings(map[string]string{"daemon.imagee": "docker:dind"})),
			"daemon.imagee",
		},
		"a setting without a sense": {named("app", settings(map[string]string{"mode": "dind"})), "mode"},
		"an unknown parameter": {named("app", v1alpha1.ApplicationSourcePluginParameter{
			Name:        "setting",
			OptionalMap: &v1alpha1.OptionalMap{Map: map[string]string{"mode": "DinD"}},
		}), "parameter setting is not known"},
		"a parameter of wrong type": {named("app", v1alpha1.ApplicationSourcePluginParameter{
			Name:    "settings",
			String_: &modeAsText,
		}), "parameter settings must be a map"},
		"a file that is not there": {named("app", config("none.yaml")), "parameter config: none.yaml: no such file"},
		"a file of somebody else": {
			named("app", config("../broken/kustomization.yaml")),
			"outside the application's directory",
		},
		"a file and settings": {
			named("app", config("dindify.yaml"), settings(map[string]string{"mode": "DinD"})),
			"give one of them",
		},
		"an empty result":            {named("empty"), "dindify:"},
		"a kustomization that fails": {named("broken"), "missing.yaml"},
	} {
		_, err := generate(repo, test.source)
		if assert.ErrorContains(t, err, test.says, name) {
			t.Logf("%s: %v", name, err)
		}
	}
}

func announcement(t *testing.T) {
	repo := checkout(t, nil)
	conn, client, err := dial()
	require.NoError(t, err)
	defer utilio.Close(conn)
	stream, err := client.GetParametersAnnouncement(context.Background())
	require.NoError(t, err)
	require.NoError(t, cmp.SendRepoStream(context.Background(), filepath.Join(repo, "base"), repo, stream, nil, nil))
	answer, err := stream.CloseAndRecv()
	require.NoError(t, err)
	defaults := map[string]string{}
	for _, parameter := range answer.GetParameterAnnouncements() {
		assert.NotEmpty(t, parameter.GetTitle())
		assert.NotEmpty(t, parameter.GetTooltip())
		defaults[parameter.GetName()] = parameter.GetString_()
	}
	assert.Equal(t, map[string]string{"config": "dindify.yaml", "settings": ""}, defaults)
}
