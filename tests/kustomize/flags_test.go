package kustomize

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// forPlugins are the flags of kustomize build that dindify build does not need: it runs no plugin.
var forPlugins = []string{
	"as-current-user", "enable-alpha-plugins", "enable-exec", "env", "mount", "network",
	"network-name", "stack-trace",
}

func TestBuildTakesKustomizesFlags(t *testing.T) {
	theirs := slices.DeleteFunc(flagsOf(t, "kustomize"), func(flag string) bool {
		return slices.Contains(forPlugins,
			flag)
	})
	require.NotEmpty(t, theirs)
	require.Subset(t, flagsOf(t, "dindify"), theirs)
}

func flagsOf(t *testing.T, program string) []string {
	help, _, err := run(nil, program, "build", "--help")
	require.NoError(t, err)
	var flags []string
	for _, m := range regexp.MustCompile(`(?m)^ +(?:-\w, )?--([\w-]+)`).FindAllSubmatch(help, -1) {
		flags = append(flags, string(m[1]))
	}
	return flags
}

// TestBuildWritesFoldersAsKustomizeDoes: the same files with the same objects, in one namespace and in two.
func TestBuildWritesFoldersAsKustomizeDoes(t *testing.T) {
	two := t.TempDir()
	require.NoError(t, os.CopyFS(filepath.Join(two, "base"), os.DirFS(root+"/base")))
	require.NoError(t, os.CopyFS(filepath.Join(two, "dindify"), os.DirFS(root+"/overlays/dind-unix/dindify")))
	require.NoError(t, os.WriteFile(filepath.Join(two, "other.yaml"), []byte("apiVersion: v1\nkind: "+
		"ConfigMap\nmetadata: {name: other}\n"), 0o644))
	require.NoError(t, os.WriteFile(filepath.Join(two, "kustomization.yaml"), []byte("resources: [base, "+
		"other.yaml]\ncomponents: [dindify]\n"), 0o644))
	for _, dir := range []string{"overlays/dind-unix", two} {
		want, got := t.TempDir(), t.TempDir()
		_, errs, err := run(nil, "kustomize", "build", "--enable-alpha-plugins", "--enable-exec", "--output", want, dir)
		require.NoError(t, err, "%s", errs)
		_, errs, err = run(nil, "dindify", "build", "--output", got, dir)
		require.NoError(t, err, "%s", errs)
		require.Equal(t, contents(t, want), contents(t, got))
	}
}

// TestBuildWritesWhatItPrints: a file has the bytes of standard output, a folder has a file for each document, and
// nothing else in or beside the folder changes.
func TestBuildWritesWhatItPrints(t *testing.T) {
	for _, dir := range []string{"overlays/dind-unix", "overlays/dind", "examples/kustomize"} {
		printed, errs, err := run(nil, "dindify", "build", dir)
		require.NoError(t, err, "%s", errs)
		parent := t.TempDir()
		lay(t, parent, map[string]string{"beside.yaml": "kept", "out/of-before.yaml": "kept"})
		for _, output := range []string{"out.yaml", "out"} {
			_, errs, err = run(nil, "dindify", "build", "--output", filepath.Join(parent, output), dir)
			require.NoError(t, err, "%s", errs)
		}
		require.Equal(t, []string{"beside.yaml", "out", "out.yaml"}, entries(t, parent))
		text, err := os.ReadFile(filepath.Join(parent, "out.yaml"))
		require.NoError(t, err)
		require.Equal(t, string(printed), string(text))

		documents := strings.Split(strings.TrimSuffix(string(printed), "\n"), "\n---\n")
		var written []string
		for _, name := range entries(t, filepath.Join(parent, "out")) {
			text, err := os.ReadFile(filepath.Join(parent, "out", name))
			require.NoError(t, err)
			if name != "of-before.yaml" {
				written = append(written, strings.TrimSuffix(string(text), "\n"))
			}
		}
		require.ElementsMatch(t, documents, written)
	}
}

func TestBuildRestrictsLoadingAsKustomizeDoes(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "outside.yaml"), []byte("apiVersion: v1\nkind: "+
		"ConfigMap\nmetadata: {name: a}\n"), 0o644))
	require.NoError(t, os.Mkdir(filepath.Join(dir, "app"), 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "app", "kustomization.yaml"),
		[]byte("resources: [../outside.yaml]\n"), 0o644))
	for _, program := range []string{"kustomize", "dindify"} {
		_, errs, err := run(nil, program, "build", filepath.Join(dir, "app"))
		require.Error(t, err, program)
		require.Contains(t, string(errs), "security; file", program)
		out, errs, err := run(nil, program, "build", "--load-restrictor=LoadRestrictionsNone", filepath.Join(dir, "app"))
		require.NoError(t, err, "%s: %s", program, errs)
		require.Contains(t, string(out), "name: a", program)
	}
}

// contents returns the objects of files.
func contents(t *testing.T, dir string) map[string][]any {
	files, err := filepath.Glob(dir + "/*")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	all := map[string][]any{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		all[filepath.Base(file)] = withoutJournals(t, text)
	}
	return all
}
