package argocd

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	log "github.com/sirupsen/logrus"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	appsv1 "k8s.io/api/apps/v1"
	"sigs.k8s.io/yaml"

	"github.com/argoproj/argo-cd/v3/applicationset/controllers/template"
	"github.com/argoproj/argo-cd/v3/applicationset/generators"
	"github.com/argoproj/argo-cd/v3/applicationset/utils"
	"github.com/argoproj/argo-cd/v3/pkg/apis/application/v1alpha1"

	"github.com/boxp/dindify/tests/docker/objects"
	"github.com/boxp/dindify/tests/docker/product"
)

// rollOut checks that the controller's own code creates an Application for every cluster, with the cluster's mode.
func rollOut(t *testing.T, bin string) {
	var set v1alpha1.ApplicationSet
	decodeExample(t, "applicationset.yaml", &set)
	applications, _, err := template.GenerateApplications(log.NewEntry(log.StandardLogger()), set,
		map[string]generators.Generator{"List": generators.NewListGenerator()}, &utils.Render{}, nil)
	require.NoError(t, err)

	repo := checkout(t, nil)
	off, on := built(t, bin, filepath.Join(repo, "base")), asTransformer(t, bin, "spec: {}")
	require.NotEqual(t, off, on)
	want := map[string]objects.Set{
		"openhands-lab": on, "openhands-staging": on, "openhands-production-east": off, "openhands-production-west": off,
	}
	require.Len(t, applications, len(want))
	for _, application := range applications {
		assert.Equal(t, "openhands-"+application.Spec.Destination.Name, application.Name)
		objects.Equal(t, want[application.Name], deployed(t, repo, *application.Spec.Source))
	}
}

// TestApplication checks that the example is a valid Application with an existing overlay.
func TestApplication(t *testing.T) {
	var application v1alpha1.Application
	decodeExample(t, "application.yaml", &application)
	assert.FileExists(t, filepath.Join(product.Root(t), application.Spec.Source.Path, "kustomization.yaml"))
	assert.Equal(t, "dindify", application.Spec.Source.Plugin.Name)
}

// TestRepoServerPatch checks that on Argo CD's published repo-server Deployment the sidecar has everything it mounts.
func TestRepoServerPatch(t *testing.T) {
	module, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/argoproj/argo-cd/v3").Output()
	require.NoError(t, err)
	dir := t.TempDir()
	copyFile(t, filepath.Join(strings.TrimSpace(string(module)),
		"manifests/base/repo-server/argocd-repo-server-deployment.yaml"), filepath.Join(dir, "deployment.yaml"))
	copyFile(t, example(t, "repo-server.yaml"), filepath.Join(dir, "patch.yaml"))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "kustomization.yaml"),
		[]byte("resources: [deployment.yaml]\npatches: [{path: patch.yaml}]\n"), 0o644))

	var deployment appsv1.Deployment
	patched := built(t, product.Bin(t), dir)["apps/v1 Deployment <nil>/argocd-repo-server"]
	require.NoError(t, yaml.UnmarshalStrict([]byte(patched), &deployment))
	pod := deployment.Spec.Template.Spec
	volumes := map[string]bool{}
	for _, volume := range pod.Volumes {
		volumes[volume.Name] = true
	}
	require.Len(t, pod.Containers, 2)
	for _, container := range pod.Containers {
		for _, mount := range container.VolumeMounts {
			assert.True(t, volumes[mount.Name], "%s mounts %s", container.Name, mount.Name)
		}
	}
}

func example(t *testing.T, file string) string {
	t.Helper()
	return filepath.Join(product.Root(t), "examples", "argocd", file)
}

// decodeExample fails on fields that Argo CD does not know.
func decodeExample(t *testing.T, file string, into any) {
	t.Helper()
	text, err := os.ReadFile(example(t, file))
	require.NoError(t, err)
	require.NoError(t, yaml.UnmarshalStrict(text, into))
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	text, err := os.ReadFile(from)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(to, text, 0o644))
}
