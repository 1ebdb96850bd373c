package kustomize

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestBuildRunsNothingOfTheRepository: each of these would run a program other than dindify, or read files that
// kustomize does not let a kustomization read. The program creates a file if it runs.
func TestBuildRunsNothingOfTheRepository(t *testing.T) {
	object := func(kind, apiVersion, function string) string {
		return "apiVersion: " + apiVersion + "\nkind: " + kind + "\nmetadata:\n  name: f\n  annotations:\n    " +
			"config.kubernetes.io/function: '" + function + "'\n"
	}
	evil := object("ConfigMap", "v1", "exec: {path: ./evil.sh}")
	ours := object("DinD", "dindify.dev/v1alpha1", "exec: {path: dindify}")
	for name, tt := range map[string]struct {
		files map[string]string
		says  string
	}{
		"transformer in a file": {map[string]string{
			"kustomization.yaml": resources + "transformers: [f.yaml]\n",
			"f.yaml":             evil,
		}, `runs the program "./evil.sh"`},
		"second in a file": {map[string]string{
			"kustomization.yaml": resources + "transformers: [f.yaml]\n",
			"f.yaml":             ours + "---\n" + evil,
		}, `runs the program`},
		"in a List": {map[string]string{
			"kustomization.yaml": resources + "transformers: [f.yaml]\n",
			"f.yaml":             `{"apiVersion":"v1","kind":"List","items":[{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"f","annotations":{"config.kubernetes.io/function":"exec: {path: ./evil.sh}"}}}]}`,
		}, `runs the program`},
		"in the kustomization": {map[string]string{"kustomization.yaml": resources + "transformers:\n- |\n  " +
			indent(evil)}, `runs the program`},
		"in a file whose name is the text of an object without a name": {map[string]string{
			"kustomization.yaml":             resources + "transformers:\n- |\n  apiVersion: builtin\n  kind: X\n",
			"apiVersion: builtin\nkind: X\n": evil,
		}, `runs the program`},
		"generator": {map[string]string{
			"kustomization.yaml": resources + "generators: [f.yaml]\n",
			"f.yaml":             evil,
		}, `runs the program`},
		"validator": {map[string]string{
			"kustomization.yaml": resources + "validators: [f.yaml]\n",
			"f.yaml":             evil,
		}, `runs the program`},
		"in a base": {map[string]string{
			"kustomization.yaml":      "resources: [base]\n",
			"base/kustomization.yaml": "transformers: [f.yaml]\n", "base/f.yaml": evil,
		}, `runs the program`},
		"in a folder, by a patch": {map[string]string{
			"kustomization.yaml": resources + "transformers: [f]\n",
			"f/kustomization.yaml": "resources: [f.yaml]\npatches:\n- target: {kind: DinD}\n  patch: '[{\"op\": \"replace\", " +
				"\"path\": \"/metadata/annotations/config.kubernetes.io~1function\", \"value\": \"exec: {path: ./evil.sh}\"}]'\n",
			"f/f.yaml": ours,
		}, `runs the program`},
		"in a folder of a folder": {map[string]string{
			"kustomization.yaml":   resources + "transformers: [f]\n",
			"f/kustomization.yaml": "transformers: [g]\nresources: [f.yaml]\n", "f/f.yaml": ours,
			"f/g/kustomization.yaml": "resources: [f.yaml]\n", "f/g/f.yaml": evil,
		}, `runs the program`},
		"folder of itself": {map[string]string{
			"kustomization.yaml":   resources + "transformers: [f]\n",
			"f/kustomization.yaml": "transformers: [../f]\nresources: [f.yaml]\n", "f/f.yaml": ours,
		}, ``},
		"in a linked one": {map[string]string{
			"other": resources + "transformers: [f.yaml]\n", "f.yaml": evil,
			"kustomization.yaml ->": "other",
		}, `runs the program`},
		"Kustomization": {map[string]string{
			"Kustomization": resources + "transformers: [f.yaml]\n",
			"f.yaml":        evil,
		}, `runs the program`},
		"an absolute path": {map[string]string{
			"kustomization.yaml": resources + "transformers: [f.yaml]\n",
			"f.yaml":             object("DinD", "dindify.dev/v1alpha1", "exec: {path: /bin/dindify}"),
		}, `runs the program "/bin/dindify"`},
		"with arguments": {map[string]string{
			"kustomization.yaml": resources + "transformers: [f.yaml]\n",
			"f.yaml":             object("DinD", "dindify.dev/v1alpha1", "exec: {path: dindify, args: [convert, -i, /]}"),
		}, `arguments`},
		"another image": {
			map[string]string{
				"kustomization.yaml": resources + "transformers: [f.yaml]\n",
				"f.yaml":             object("ConfigMap", "v1", "container: {image: example.com/not-dindify-at-all:v1}"),
			},
			`runs the image "example.com/not-dindify-at-all:v1"`,
		},
		"legacy annotation": {map[string]string{
			"kustomization.yaml": resources + "transformers: [f.yaml]\n",
			"f.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: f\n  annotations: " +
				"{config.kubernetes.io/container: evil}\n",
		}, `runs the image "evil"`},
		"configFn": {
			map[string]string{
				"kustomization.yaml": resources + "transformers: [f.yaml]\n",
				"f.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: f\n  configFn: {exec: {path: " +
					"./evil.sh}}\n",
			},
			`runs the program`,
		},
		"exec plugin": {map[string]string{
			"kustomization.yaml": resources + "transformers: [f.yaml]\n",
			"f.yaml":             "apiVersion: someteam.example.com/v1\nkind: Evil\nmetadata: {name: f}\n",
		}, `dindify build runs none`},
		"remote": {map[string]string{"kustomization.yaml": resources +
			"transformers: ['https://example.com/f.yaml']\n"}, `remote`},
		"remote repository": {map[string]string{"kustomization.yaml": resources +
			"transformers: ['github.com/example/f//transformers?ref=v1']\n"}, `remote`},
		"file outside": {map[string]string{
			"kustomization.yaml": resources + "transformers: [../outside/f.yaml]\n",
			"../outside/f.yaml":  ours,
		}, `security; file`},
		"link to a file outside": {map[string]string{
			"kustomization.yaml": resources + "transformers: [f.yaml]\n",
			"../outside/f.yaml":  ours, "f.yaml ->": "../outside/f.yaml",
		}, `security; file`},
		"foreign function called like a word of ours": {
			map[string]string{"kustomization.yaml": resources +
				"transformers: [f.yaml]\n", "f.yaml": object("ConfigMap", "v1", "exec: {path: dindify-labels}")},
			`runs the program "dindify-labels"`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "repo")
			ran := filepath.Join(dir, "ran")
			lay(t, dir, app)
			for file, text := range tt.files {
				if link, isLink := strings.CutSuffix(file, " ->"); isLink {
					require.NoError(t, os.Symlink(text, filepath.Join(dir, link)))
					continue
				}
				lay(t, dir, map[string]string{file: text})
			}
			for _, at := range []string{"", "base", "f", "f/g"} {
				if info, err := os.Stat(filepath.Join(dir, at)); err == nil && info.IsDir() {
					require.NoError(t, os.WriteFile(filepath.Join(dir, at, "evil.sh"), []byte("#!/bin/sh\ntouch "+ran+"\ncat\n"),
						0o755))
				}
			}
			out, errs, err := run(nil, "dindify", "build", dir)
			require.Error(t, err)
			require.Empty(t, string(out))
			require.Contains(t, string(errs), tt.says)
			require.NoFileExists(t, ran)
		})
	}
}

func indent(text string) string {
	return strings.ReplaceAll(text, "\n", "\n  ")
}

// TestBuildTakesTheImageForItself: if the component names the image, this program runs instead.
func TestBuildTakesTheImageForItself(t *testing.T) {
	dir := t.TempDir()
	files := application(t, configurations[0])
	files["kustomization.yaml"] = resources + "components: [dindify]\n"
	lay(t, dir, files)
	want := requireSame(t, dir)
	for _, image := range []string{
		"ghcr.io/boxp/dindify:v0.1.0",
		"registry.example.com:5000/mirror/dindify@sha256:0000000000000000000000000000000000000000000000000000000000000000",
	} {
		lay(t, dir, map[string]string{"dindify/dindify.yaml": strings.ReplaceAll(files["dindify/dindify.yaml"],
			"exec:\n        path: dindify", "container:\n        image: "+image)})
		out, errs, err := run(nil, "dindify", "build", dir)
		require.NoError(t, err, "%s", errs)
		require.Equal(t, want, string(out))
	}
}

// TestBuildWritesNothingOutsideItsFolder: names of objects become file names, and the folder may contain links.
func TestBuildWritesNothingOutsideItsFolder(t *testing.T) {
	object := func(name string) map[string]string {
		return map[string]string{"kustomization.yaml": "resources: [o.yaml]\n", "o.yaml": "apiVersion: v1\nkind: " +
			"ConfigMap\nmetadata: {name: '" + name + "', namespace: a}\n"}
	}
	for _, name := range []string{"../../escaped", "x/../../../escaped", "a/b", "/etc/escaped"} {
		dir := t.TempDir()
		out := filepath.Join(dir, "to", "out")
		require.NoError(t, os.MkdirAll(out, 0o755))
		lay(t, filepath.Join(dir, "repo"), object(name))
		_, _, _ = run(nil, "dindify", "build", "-o", out, filepath.Join(dir, "repo"))
		require.Equal(t, []string{"repo", "to"}, entries(t, dir), name)
		require.Equal(t, []string{"out"}, entries(t, filepath.Join(dir, "to")), name)
	}
	dir := t.TempDir()
	out := filepath.Join(dir, "out")
	require.NoError(t, os.Mkdir(out, 0o755))
	lay(t, filepath.Join(dir, "repo"), object("linked"))
	lay(t, dir, map[string]string{"precious": "kept"})
	require.NoError(t, os.Symlink("../precious", filepath.Join(out, "v1_configmap_linked.yaml")))
	_, _, err := run(nil, "dindify", "build", "-o", out, filepath.Join(dir, "repo"))
	require.Error(t, err)
	text, err := os.ReadFile(filepath.Join(dir, "precious"))
	require.NoError(t, err)
	require.Equal(t, "kept", string(text))
}

func entries(t *testing.T, dir string) (names []string) {
	t.Helper()
	all, err := os.ReadDir(dir)
	require.NoError(t, err)
	for _, e := range all {
		names = append(names, e.Name())
	}
	return names
}

// TestBuildWithACommandLinesConfiguration: it replaces the listed ones, and runs after everything else.
func TestBuildWithACommandLinesConfiguration(t *testing.T) {
	dir := t.TempDir()
	files := application(t, "spec: {daemon: {name: listed}}\n")
	files["kustomization.yaml"] = "namePrefix: dev-\n" + resources + "components: [dindify]\n"
	files["given.yaml"] = "apiVersion: dindify.dev/v1alpha1\nkind: DinD\nspec: {daemon: {name: given}, cleanup: {mode: " +
		"CronJob}}\n"
	files["given-map.yaml"] = "apiVersion: v1\nkind: ConfigMap\ndata: {daemon.name: given, cleanup.mode: CronJob}\n"
	files["wrong.yaml"] = "apiVersion: dindify.dev/v1alpha1\nkind: DinD\nspec: {deamon: {name: given}}\n"
	lay(t, dir, files)
	build := func(args ...string) (string, string, error) {
		out, errs, err := run(nil, "dindify", append([]string{"build", dir}, args...)...)
		return string(out), string(errs), err
	}
	given, errs, err := build("--config", filepath.Join(dir, "given.yaml"))
	require.NoError(t, err, errs)
	require.Contains(t, given, "name: given")
	require.NotContains(t, given, "name: listed")
	require.Contains(t, given, "deployment/dev-agent", "after the prefix")
	same, errs, err := build("--config", filepath.Join(dir, "given-map.yaml"))
	require.NoError(t, err, errs)
	require.Equal(t, given, same)
	listed, errs, err := build("--mode", "DinD")
	require.NoError(t, err, errs)
	require.Contains(t, listed, "name: listed")
	for _, args := range [][]string{{"--mode", "DooD"}, {"--mode", "DooD", "--config", filepath.Join(dir, "given.yaml")}} {
		off, errs, err := build(args...)
		require.NoError(t, err, errs)
		lay(t, dir, map[string]string{"kustomization.yaml": "namePrefix: dev-\n" + resources})
		plain, errs2, err := run(nil, "kustomize", "build", dir)
		require.NoError(t, err, "%s", errs2)
		require.Equal(t, string(plain), off)
		lay(t, dir, map[string]string{"kustomization.yaml": files["kustomization.yaml"]})
	}
	for _, args := range [][]string{
		{"--mode", "dind"},
		{"--config", filepath.Join(dir, "wrong.yaml")},
		{"--config", "nowhere.yaml"},
	} {
		out, errs, err := build(args...)
		require.Error(t, err)
		require.Empty(t, out)
		require.NotEmpty(t, errs)
	}
}
