package argocd

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"k8s.io/apimachinery/pkg/api/resource"

	"github.com/argoproj/argo-cd/v3/pkg/apis/application/v1alpha1"
	"github.com/argoproj/argo-cd/v3/reposerver/apiclient"
	"github.com/argoproj/argo-cd/v3/reposerver/repository"
	"github.com/argoproj/argo-cd/v3/util/git"

	"github.com/boxp/dindify/tests/docker/objects"
	"github.com/boxp/dindify/tests/docker/product"
)

// generate runs the repo-server's own manifest generation on a checked-out repository.
func generate(repo string, source v1alpha1.ApplicationSource) (*apiclient.ManifestResponse, error) {
	return repository.GenerateManifests(context.Background(), filepath.Join(repo, source.Path), repo, "HEAD",
		&apiclient.ManifestRequest{
			Repo: &v1alpha1.Repository{Repo: source.RepoURL}, AppName: "openhands", Namespace: "openhands",
			KubeVersion: "1.34.0", ApplicationSource: &source,
		}, false, git.NoopCredsStore{}, resource.MustParse("10M"), nil)
}

// deployed returns the objects that Argo CD would deploy.
func deployed(t *testing.T, repo string, source v1alpha1.ApplicationSource) objects.Set {
	t.Helper()
	response, err := generate(repo, source)
	require.NoError(t, err)
	require.Equal(t, "Plugin", response.SourceType)
	return objects.Parse(t, strings.Join(response.Manifests, "\n---\n"))
}

// built returns kustomize's output, with dindify as its exec function if the kustomization lists it.
func built(t *testing.T, bin, dir string) objects.Set {
	t.Helper()
	cmd := exec.Command(filepath.Join(bin, "kustomize"), "build", "--enable-alpha-plugins", "--enable-exec", dir)
	cmd.Env = append(os.Environ(), "PATH="+bin+":"+os.Getenv("PATH"))
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	require.NoError(t, cmd.Run(), "%s", &stderr)
	return objects.Parse(t, stdout.String())
}

// checkout creates a repository with our base and overlays, and the files that a test adds (by path).
func checkout(t *testing.T, files map[string]string) string {
	t.Helper()
	repo := t.TempDir()
	for _, dir := range []string{"base", "overlays"} {
		require.NoError(t, os.CopyFS(filepath.Join(repo, dir), os.DirFS(filepath.Join(product.Root(t), dir))))
	}
	for path, content := range files {
		path = filepath.Join(repo, path)
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		require.NoError(t, os.WriteFile(path, []byte(content), 0o644))
	}
	return repo
}
