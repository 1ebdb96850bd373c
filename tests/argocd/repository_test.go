package argocd

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/argoproj/argo-cd/v3/pkg/apis/application/v1alpha1"

	"github.com/boxp/dindify/tests/docker/objects"
)

const settingsMap = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: NAME}\ndata: {a: b}\n"

// withoutDindify checks that the sidecar does not change repositories without dindify.
func withoutDindify(t *testing.T, bin string) {
	repo := checkout(t, map[string]string{
		"kustomize/kustomization.yaml": "resources: [cm.yaml]\nnamePrefix: x-\n",
		"kustomize/cm.yaml":            strings.Replace(settingsMap, "NAME", "a", 1),
		"plain/cm.yaml":                strings.Replace(settingsMap, "NAME", "a", 1),
		"chart/Chart.yaml":             "apiVersion: v2\nname: c\nversion: 1.0.0\n",
		"chart/templates/cm.yaml":      strings.Replace(settingsMap, "NAME", "{{ .Release.Name }}", 1),
	})
	for path, kind := range map[string]string{"kustomize": "Kustomize", "plain": "Directory"} {
		response, err := generate(repo, v1alpha1.ApplicationSource{RepoURL: "https://example.com/app", Path: path})
		require.NoError(t, err, path)
		assert.Equal(t, kind, response.SourceType)
		assert.Len(t, response.Manifests, 1)
	}
	// An Application that names the plugin without its files: built as by kustomize, and an error for the others.
	objects.Equal(t, built(t, bin, filepath.Join(repo, "kustomize")), deployed(t, repo, named("kustomize")))
	for _, path := range []string{"plain", "chart"} {
		_, err := generate(repo, named(path))
		assert.Error(t, err, path)
	}
}

// large has a repository of 5,000 other files and an application of 500 objects, one of which is converted.
func large(t *testing.T, bin string) {
	files := map[string]string{}
	for i := range 5000 {
		files[fmt.Sprintf("other/%d/values-%d.yaml", i%50, i)] = strings.Repeat(fmt.Sprintf("key%d: some value\n", i), 200)
	}
	var all strings.Builder
	for i := range 500 {
		all.WriteString("---\n" + strings.Replace(settingsMap, "NAME", fmt.Sprintf("settings-%d", i), 1))
	}
	files["app/many.yaml"] = all.String()
	files["app/kustomization.yaml"] = "resources: [../base, many.yaml]\n"
	repo := checkout(t, files)

	begin := time.Now()
	got := deployed(t, repo, named("app", settings(map[string]string{"daemon.name": "engine"})))
	t.Logf("5,000 files and 500 objects: %s", time.Since(begin).Round(time.Millisecond))
	require.Greater(t, len(got), 500)

	function := transformer("spec: {daemon: {name: engine}}")
	require.NoError(t, os.WriteFile(filepath.Join(repo, "app/function.yaml"), []byte(function), 0o644))
	require.NoError(t, os.WriteFile(filepath.Join(repo, "app/kustomization.yaml"),
		[]byte(files["app/kustomization.yaml"]+"transformers: [function.yaml]\n"), 0o644))
	objects.Equal(t, built(t, bin, filepath.Join(repo, "app")), got)
}
