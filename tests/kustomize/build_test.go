// Package kustomize tests the overlays, and dindify build, against the real kustomize.
package kustomize

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"sigs.k8s.io/yaml"

	"github.com/boxp/dindify/tests/laws"
)

const root = "../.."

var path string // with dindify and kustomize first

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "dindify")
	if err == nil {
		err = install(dir)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	path = dir + string(os.PathListSeparator) + os.Getenv("PATH")
	status := m.Run()
	_ = os.RemoveAll(dir)
	os.Exit(status)
}

func install(dir string) error {
	for _, args := range [][]string{
		{"build", "-C", root, "-o", filepath.Join(dir, "dindify"), "./fn/dindify"},
		{
			"build", "-C", filepath.Join(root, "tools"), "-o", filepath.Join(dir, "kustomize"),
			"sigs.k8s.io/kustomize/kustomize/v5",
		},
	} {
		if out, err := exec.Command("go", args...).CombinedOutput(); err != nil {
			return fmt.Errorf("go %s: %w\n%s", strings.Join(args, " "), err, out)
		}
	}
	return nil
}

func run(in []byte, name string, args ...string) (stdout, stderr []byte, err error) {
	for dir := range strings.SplitSeq(path, string(os.PathListSeparator)) {
		if p := filepath.Join(dir, name); name == filepath.Base(name) {
			if _, statErr := os.Stat(p); statErr == nil {
				name = p
			}
		}
	}
	cmd := exec.Command(name, args...)
	cmd.Dir = root
	cmd.Env = append(os.Environ(), "PATH="+path)
	cmd.Stdin = bytes.NewReader(in)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err = cmd.Run()
	return out.Bytes(), errs.Bytes(), err
}

func build(t *testing.T, dir string) []byte {
	t.Helper()
	out, errs, err := run(nil, "kustomize", "build", "--enable-alpha-plugins", "--enable-exec", dir)
	require.NoError(t, err, "%s", errs)
	return out
}

func TestOffIsTheBase(t *testing.T) {
	base, _, err := run(nil, "kustomize", "build", "base")
	require.NoError(t, err)
	require.Equal(t, string(base), string(build(t, "overlays/dood")))
}

func TestEveryOverlayHoldsTheLaws(t *testing.T) {
	dirs, err := filepath.Glob(root + "/overlays/*")
	require.NoError(t, err)
	for _, dir := range dirs {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			out := build(t, "overlays/"+filepath.Base(dir))
			require.NotContains(t, string(out), "kind: DinD")
			if filepath.Base(dir) != "dood" {
				require.NotContains(t, string(out), "\n          path: /var/run/docker.sock", "a hostPath")
			}
			laws.Check(t, out, nil)
		})
	}
}

func TestRevertGivesTheBaseBack(t *testing.T) {
	base, _, err := run(nil, "kustomize", "build", "base")
	require.NoError(t, err)
	for _, overlay := range []string{"dind", "dind-unix", "dind-rootless", "dind-sysbox"} {
		back, errs, err := run(build(t, "overlays/"+overlay), "dindify", "revert", "-")
		require.NoError(t, err, "%s", errs)
		require.Equal(t, string(base), string(back), overlay)
	}
}

// TestBuildIsOffWhereNothingListsIt: the component's line is the switch, as in kustomize.
func TestBuildIsOffWhereNothingListsIt(t *testing.T) {
	out, errs, err := run(nil, "dindify", "build", "base")
	require.NoError(t, err, "%s", errs)
	require.Contains(t, string(errs), "[not-listed]")
	plain, _, err := run(nil, "kustomize", "build", "base")
	require.NoError(t, err)
	require.Equal(t, string(plain), string(out))

	config := filepath.Join(t.TempDir(), "dindify.yaml")
	require.NoError(t, os.WriteFile(config, []byte("apiVersion: dindify.dev/v1alpha1\nkind: DinD\nmetadata: "+
		"{name: test}\n"), 0o644))
	for _, flag := range []string{"--mode=DinD", "--config=" + config} {
		out, errs, err = run(nil, "dindify", "build", flag, "base")
		require.NoError(t, err, "%s", errs)
		require.NotContains(t, string(errs), "[not-listed]", flag)
		require.Contains(t, string(out), "name: dind-daemon", flag)
	}
}

func withoutJournals(t *testing.T, text []byte) []any {
	var all []any
	for doc := range bytes.SplitSeq(text, []byte("\n---\n")) {
		var o map[string]any
		require.NoError(t, yaml.Unmarshal(doc, &o))
		if meta, ok := o["metadata"].(map[string]any); ok {
			if annotations, ok := meta["annotations"].(map[string]any); ok {
				delete(annotations, "dindify.dev/journal")
			}
		}
		all = append(all, o)
	}
	return all
}

func TestNamesAgreeInAnOuterOverlay(t *testing.T) {
	objects := map[string]map[string]any{}
	for _, o := range withoutJournals(t, build(t, "overlays/staging")) {
		objects[o.(map[string]any)["kind"].(string)] = o.(map[string]any)
	}
	at := func(kind string, keys ...any) any {
		var v any = objects[kind]
		for _, key := range keys {
			switch k := key.(type) {
			case string:
				v = v.(map[string]any)[k]
			case int:
				v = v.([]any)[k]
			}
		}
		return v
	}
	pod := []any{"spec", "jobTemplate", "spec", "template", "spec"}
	account := at("ServiceAccount", "metadata", "name")
	require.Equal(t, "staging-docker-cleanup-sa", account)
	require.Equal(t, account, at("CronJob", append(pod, "serviceAccountName")...))
	require.Equal(t, account, at("RoleBinding", "subjects", 0, "name"))
	require.Equal(t, "openhands-staging", at("RoleBinding", "subjects", 0, "namespace"))
	require.Equal(t, at("Role", "metadata", "name"), at("RoleBinding", "roleRef", "name"))
	require.Equal(t, "deployment/staging-openhands", at("CronJob", append(pod, "containers", 0, "command", 2)...))
	require.Equal(t, at("Deployment", "metadata", "name"), at("Role", "rules", 2, "resourceNames", 0))
}

func TestExamplesBuild(t *testing.T) {
	out := build(t, "examples/kustomize")
	require.Contains(t, string(out), "name: dind-daemon")
	require.NotContains(t, string(out), "kind: DinD")
	laws.Check(t, out, nil)
}

// TestARelativePathIsTheListingFoldersOwn shows why the component names the program without a path.
func TestARelativePathIsTheListingFoldersOwn(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.CopyFS(dir, os.DirFS(filepath.Join(root, "examples", "kustomize"))))
	file := filepath.Join(dir, "dindify", "dindify.yaml")
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(file, bytes.Replace(text, []byte("path: dindify"), []byte("path: ./bin/dindify"), 1),
		0o644))
	_, _, err = run(nil, "kustomize", "build", "--enable-alpha-plugins", "--enable-exec", dir)
	require.Error(t, err)

	bin := strings.Split(path, string(os.PathListSeparator))[0]
	require.NoError(t, os.Mkdir(filepath.Join(dir, "dindify", "bin"), 0o755))
	require.NoError(t, os.Symlink(filepath.Join(bin, "dindify"), filepath.Join(dir, "dindify", "bin", "dindify")))
	require.Contains(t, string(build(t, dir)), "name: dind-daemon")
}
