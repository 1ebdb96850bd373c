package kustomize

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const hint = "dindify did not run: build with --enable-alpha-plugins --enable-exec"

// TestNothingIsPrintedWhereTheFunctionIsSkipped: kustomize skips an exec function silently without --enable-exec, and
// kubectl has no such flag. The build must then fail with instructions.
func TestNothingIsPrintedWhereTheFunctionIsSkipped(t *testing.T) {
	kubectl := func(args ...string) []string { return append([]string{"kubectl", "kustomize"}, args...) }
	kustomize := func(args ...string) []string { return append([]string{"kustomize", "build"}, args...) }
	for name, tt := range map[string]struct {
		command []string
		says    string
	}{
		"kustomize without flags":                  {kustomize(), "external plugins disabled"},
		"kustomize without --enable-alpha-plugins": {kustomize("--enable-exec"), "external plugins disabled"},
		"kustomize without --enable-exec":          {kustomize("--enable-alpha-plugins"), hint},
		"kubectl kustomize without flags":          {kubectl(), "external plugins disabled"},
		"kubectl kustomize with its alpha flag":    {kubectl("--enable-alpha-plugins"), hint},
	} {
		t.Run(name, func(t *testing.T) {
			requireKubectl(t, tt.command[0])
			for _, dir := range []string{
				"overlays/dind", "overlays/dind-unix", "overlays/staging", "examples/kustomize",
				"examples/presets/github-runner",
			} {
				out, errs, err := run(nil, tt.command[0], append(tt.command[1:], dir)...)
				require.Error(t, err, dir)
				require.Empty(t, string(out), dir)
				require.Contains(t, string(errs), tt.says, dir)
			}
		})
	}
}

// requireKubectl skips a test of kubectl if it is not installed.
func requireKubectl(t *testing.T, program string) {
	t.Helper()
	if _, errs, err := run(nil, program, "version", "--client"); program == "kubectl" && err != nil {
		require.Empty(t, os.Getenv("CI"), "CI has kubectl: %s", errs)
		t.Skipf("NOT TESTED: kubectl is not on the PATH (%v)", err)
	}
}

// TestNothingIsPrintedWithoutTheBinary, or with a binary that is older than the marker.
func TestNothingIsPrintedWithoutTheBinary(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.CopyFS(dir, os.DirFS(filepath.Join(root, "examples", "kustomize"))))
	file := filepath.Join(dir, "dindify", "dindify.yaml")
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	for program, says := range map[string]string{"dindify-which-is-not-there": "executable file not found", "cat": hint} {
		require.NoError(t, os.WriteFile(file, []byte(strings.Replace(string(text), "path: dindify", "path: "+program, 1)),
			0o644))
		out, errs, err := run(nil, "kustomize", "build", "--enable-alpha-plugins", "--enable-exec", dir)
		require.Error(t, err)
		require.Empty(t, string(out))
		require.Contains(t, string(errs), says)
	}
}

// TestComponentsAreClosed: every component of the project, and the one that init writes, has the parts that the tests
// above need.
func TestComponentsAreClosed(t *testing.T) {
	configs, err := filepath.Glob(root + "/*/*/dindify/dindify.yaml")
	require.NoError(t, err)
	presets, err := filepath.Glob(root + "/*/*/*/dindify/dindify.yaml")
	require.NoError(t, err)
	own := t.TempDir()
	lay(t, own, app)
	require.NoError(t, os.RemoveAll(filepath.Join(own, "dindify")))
	lay(t, own, map[string]string{"kustomization.yaml": resources})
	_, errs, err := run(nil, "dindify", "init", own)
	require.NoError(t, err, "%s", errs)
	want, err := os.ReadFile(root + "/examples/kustomize/dindify/fail-closed.yaml")
	require.NoError(t, err)
	for _, config := range append(append(configs, presets...), filepath.Join(own, "dindify/dindify.yaml"),
		root+"/examples/kustomize/dindify/dindify.yaml") {
		text, err := os.ReadFile(config)
		require.NoError(t, err)
		require.Contains(t, string(text), `dindify.dev/marker: "true"`, config)
		text, err = os.ReadFile(filepath.Join(filepath.Dir(config), "fail-closed.yaml"))
		require.NoError(t, err)
		require.Equal(t, string(want), string(text), config)
		text, err = os.ReadFile(filepath.Join(filepath.Dir(config), "kustomization.yaml"))
		require.NoError(t, err)
		require.Contains(t, string(text), "- dindify.yaml\n- fail-closed.yaml\n", config)
	}
	lay(t, own, map[string]string{"kustomization.yaml": resources + "components: [dindify]\n"})
	requireSame(t, own)
	_, errs, err = run(nil, "dindify", "build", own)
	require.NoError(t, err, "%s", errs)
	require.NotContains(t, string(errs), "[not-closed]")
}

// TestALeftMarkerIsWarnedOf has a component that deletes no marker: it converts, but a build that skips dindify prints
// the unconverted workloads.
func TestALeftMarkerIsWarnedOf(t *testing.T) {
	dir := t.TempDir()
	files := application(t, "spec: {}\n")
	files["dindify/kustomization.yaml"] = strings.Replace(files["dindify/kustomization.yaml"], ", fail-closed.yaml", "", 1)
	files["kustomization.yaml"] = resources + "components: [dindify]\n"
	lay(t, dir, files)
	out, errs, err := run(nil, "dindify", "build", dir)
	require.NoError(t, err, "%s", errs)
	require.Contains(t, string(out), "kind: DinDRan")
	require.Contains(t, string(errs), "[not-closed]")
}

// TestAComponentOfBeforeIsWarnedOf has the configuration among the resources, as in components before the marker:
// kubectl applies everything else. A run of dindify warns about this; a build that skips dindify cannot.
func TestAComponentOfBeforeIsWarnedOf(t *testing.T) {
	dir := t.TempDir()
	files := application(t, "spec: {}\n")
	files["dindify/dindify.yaml"] = strings.Replace(files["dindify/dindify.yaml"], "dindify.dev/marker",
		"dindify.dev/fail-closed", 1)
	files["dindify/kustomization.yaml"] = "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: " +
		"[dindify.yaml]\ntransformers: [dindify.yaml]\n"
	files["kustomization.yaml"] = resources + "components: [dindify]\n"
	lay(t, dir, files)
	require.NotContains(t, requireSame(t, dir), "kind: DinD")
	for _, flags := range [][]string{nil, {"--mode", "DooD"}} {
		_, errs, err := run(nil, "dindify", append(append([]string{"build"}, flags...), dir)...)
		require.NoError(t, err, "%s", errs)
		require.Contains(t, string(errs), "[not-closed]")
	}
	out, _, err := run(nil, "kustomize", "build", "--enable-alpha-plugins", dir)
	require.NoError(t, err)
	require.Contains(t, string(out), "kind: DinD")
}

// TestAFunctionWithoutTheMarkerIsWarnedOf: this is for a program that kustomize may skip, not for an image or a
// command line.
func TestAFunctionWithoutTheMarkerIsWarnedOf(t *testing.T) {
	unmarked := strings.Replace(asDinD, "    dindify.dev/marker: \"true\"\n", "", 1)
	for name, tt := range map[string]struct {
		config string
		flags  []string
		warned bool
	}{
		"a program":           {config: unmarked, warned: true},
		"of DooD":             {config: unmarked + "spec: {mode: DooD}\n"},
		"an image":            {config: strings.Replace(unmarked, "exec:\n        path: ", "container:\n        image: ", 1)},
		"--config":            {flags: []string{"--config", "DIR/function.yaml"}},
		"--mode":              {flags: []string{"--mode", "DinD"}},
		"a marker that stays": {config: asDinD, warned: true}, // no fail-closed.yaml deletes it
		"a ConfigMap": {
			config: strings.NewReplacer("dindify.dev/v1alpha1", "v1", "DinD", "ConfigMap").Replace(unmarked), warned: true,
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			lay(t, dir, app)
			lay(t, dir, map[string]string{"kustomization.yaml": resources, "function.yaml": unmarked})
			if tt.config != "" {
				lay(t, dir, map[string]string{
					"kustomization.yaml": resources + "transformers: [function.yaml]\n", "function.yaml": tt.config,
				})
			}
			args := []string{"build"}
			for _, flag := range tt.flags {
				args = append(args, strings.Replace(flag, "DIR", dir, 1))
			}
			out, errs, err := run(nil, "dindify", append(args, dir)...)
			require.NoError(t, err, "%s", errs)
			require.Equal(t, name != "of DooD", strings.Contains(string(out), "name: dind-daemon"), name)
			require.Equal(t, tt.warned, strings.Contains(string(errs), "[not-closed]"), "%s", errs)
		})
	}
}
