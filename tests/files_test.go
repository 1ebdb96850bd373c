package tests

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/fn/cli"
)

//nolint:unparam // what a command prints is for any test
func succeed(t *testing.T, args ...string) (out, errs string) {
	t.Helper()
	var o, e bytes.Buffer
	require.Equal(t, 0, cli.Run(cli.Streams{In: strings.NewReader(""), Out: &o, Err: &e}, "test", args), "%s", &e)
	return o.String(), e.String()
}

func put(t *testing.T, path, text string) {
	t.Helper()
	require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
	require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
}

func get(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	return string(text)
}

// TestHiddenFoldersAreNotRead: -i must not change .git and similar folders.
func TestHiddenFoldersAreNotRead(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"app.yaml", "deep/app.yml", ".git/app.yaml", "deep/.cache/app.yaml", "notes.txt"} {
		put(t, filepath.Join(dir, name), deployment)
	}
	succeed(t, "convert", "-i", dir)
	for name, isConverted := range map[string]bool{
		"app.yaml": true, "deep/app.yml": true, ".git/app.yaml": false,
		"deep/.cache/app.yaml": false, "notes.txt": false,
	} {
		require.Equal(t, isConverted, get(t, filepath.Join(dir, name)) != deployment, name)
	}
	succeed(t, "revert", "-i", dir)
	require.Equal(t, deployment, get(t, filepath.Join(dir, "app.yaml")))
	hidden := filepath.Join(dir, ".git")
	succeed(t, "convert", "-i", hidden)
	require.NotEqual(t, deployment, get(t, filepath.Join(hidden, "app.yaml")), "a hidden folder that is named is read")
}

// TestLinksInAFolderAreFollowedOnce: a link to a file is read unless the file itself is read, a link to a folder is
// not. A broken link is reported.
func TestLinksInAFolderAreFollowedOnce(t *testing.T) {
	t.Chdir(t.TempDir())
	put(t, "app/app.yaml", deployment)
	put(t, "outside/one.yaml", strings.Replace(deployment, "  name: app\n", "  name: one\n", 1))
	put(t, "outside/folder/two.yaml", strings.Replace(deployment, "  name: app\n", "  name: two\n", 1))
	for link, to := range map[string]string{
		"app/again.yaml": "app.yaml", "app/one.yaml": "../outside/one.yaml", "app/uno.yaml": "../outside/one.yaml",
		"app/folder.yaml": "../outside/folder", "app/one.txt": "../outside/one.yaml",
	} {
		require.NoError(t, os.Symlink(to, link))
	}
	out, errs := succeed(t, "convert", "app")
	require.Equal(t, 2, strings.Count(out, "kind: Deployment"), out)
	require.Contains(t, errs, "Deployment/app")
	require.Contains(t, errs, "Deployment/one")
	require.NoError(t, os.Symlink("nowhere.yaml", "app/broken.yaml"))
	_, errs = succeed(t, "convert", "app")
	require.Contains(t, errs, "broken.yaml")
	require.Contains(t, errs, "[file-skipped]")
}

// TestAFileOfGeneratedObjectsGoesWithThem has the generated objects in a separate file.
func TestAFileOfGeneratedObjectsGoesWithThem(t *testing.T) {
	dir := t.TempDir()
	app, cleanup, config := filepath.Join(dir, "app.yaml"), filepath.Join(dir, "cleanup.yaml"), filepath.Join(t.TempDir(),
		"config.yaml")
	put(t, config, spec("cleanup: {mode: CronJob}"))
	put(t, app, deployment)
	succeed(t, "convert", "-i", "-c", config, app)
	workload, generated, isSplit := strings.Cut(get(t, app), "---\n")
	require.True(t, isSplit)
	put(t, app, workload)
	put(t, cleanup, generated)
	succeed(t, "revert", "-i", dir)
	require.Equal(t, deployment, get(t, app))
	require.NoFileExists(t, cleanup)
}

// TestABrokenManifestOfAFolderIsNotPassedOver: it may contain the claim or the job that a conversion needs. A file
// whose text is not a manifest is skipped with a warning.
func TestABrokenManifestOfAFolderIsNotPassedOver(t *testing.T) {
	t.Chdir(t.TempDir())
	put(t, "app/app.yaml", deployment)
	put(t, "app/deep/broken.yaml", "apiVersion: v1\nkind: Secret\nmetadata: {name: a\n")
	put(t, "app/other.json", `{"apiVersion": "v1", "kind"`)
	for command, failed := range map[string]int{
		"convert": 1, "convert -i": 1, "diff": 2, "revert": 1, "init": 1, "diagram": 1,
	} {
		out, errs, status := verb(t, "", append(strings.Fields(command), "app")...)
		require.Equal(t, failed, status, command)
		require.Empty(t, out)
		for _, words := range []string{"app/deep/broken.yaml: line ", "app/other.json: line ", "--exclude"} {
			require.Contains(t, errs, words, command)
		}
	}
	require.Equal(t, deployment, get(t, "app/app.yaml"))
	require.NoDirExists(t, "app/dindify")
	for _, command := range []string{"init", "convert", "revert"} {
		_, errs := succeed(t, command, "--exclude", "deep", "--exclude", "*.json", "app")
		require.NotContains(t, errs, "file-skipped")
	}
	require.NoError(t, os.RemoveAll("app/deep"))
	put(t, "app/other.json", `{"colors": [`)
	_, errs := succeed(t, "convert", "app")
	require.Contains(t, errs, "skipped: app/other.json")
}
