package kustomize

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestArgoCDParameters runs the plugin's script like Argo CD. tests/argocd uses the real cmp-server; this test has the
// many wrong parameters, none of which may deploy the unconverted application.
func TestArgoCDParameters(t *testing.T) {
	needsJQ(t)
	dir := t.TempDir()
	lay(t, dir, app)
	lay(t, dir, map[string]string{
		"kustomization.yaml": resources,
		"conf/dind.yaml":     "apiVersion: dindify.dev/v1alpha1\nkind: DinD\n",
		"conf/null.yaml":     "null\n",
	})
	for parameters, says := range map[string]string{
		``:   "",
		`[]`: "",
		`[{"name": "settings", "map": {"mode": "DinD"}}]`:                 "",
		`[{"name": "settings", "map": {"mode": "DinD"}, "string": null}]`: "",
		`[{"name": "config", "string": "conf/dind.yaml"}]`:                "",
		`[{"name": "setting", "map": {"mode": "DinD"}}]`:                  "parameter setting is not known",
		`[{"name": "Settings", "map": {"mode": "DinD"}}]`:                 "parameter Settings is not known",
		`[{"name": "conf", "string": "x.yaml"}]`: "parameter conf " +
			"is not known",
		`[{"name": "settings", "string": "mode: DinD"}]`:                                                  "parameter settings must be a map",
		`[{"name": "settings", "array": ["mode=DinD"]}]`:                                                  "parameter settings must be a map",
		`[{"name": "settings"}]`:                                                                          "parameter settings must be a map",
		`[{"name": "config", "map": {"a": "b"}}]`:                                                         "parameter config must be a string",
		`[{"name": "settings", "map": {"mode": "DinD"}}, {"name": "settings", "map": {}}]`:                "given 2 times",
		`[{"map": {"mode": "DinD"}}]`:                                                                     "is not known",
		`[{"name": "settings", "map": {"mdoe": "DinD"}}]`:                                                 `did you mean "mode"`,
		`[{"name": "settings", "map": {"mode": "on"}}]`:                                                   "must be DinD, DooD, Audit",
		`[{"name": "config", "string": "/etc/passwd"}]`:                                                   "outside the application's directory",
		`[{"name": "config", "string": "$(touch ran)"}]`:                                                  "no such file",
		`[{"name": "config", "string": "--mode=DooD"}]`:                                                   "no such file",
		`[{"name": "settings", "map": {"mode": "DooD\"; touch ran; \""}}]`:                                "must be DinD, DooD, Audit",
		`[{"name": "config", "string": "conf/dind.yaml"}, {"name": "settings", "map": {"mode": "DinD"}}]`: "give one of them",
		`[{"name": "config", "string": ""}]`:                                                              "no such file",
		`[{"name": "config", "string": 3}]`:                                                               "parameter config must be a string",
		`[{"name": "settings", "map": false}]`:                                                            "parameter settings must be a map",
		`[{"name": "settings", "map": []}]`:                                                               "parameter settings must be a map",
		`[{"name": "config", "string": "conf/null.yaml"}]`:                                                "is empty",
		`{"name": "settings"}`:                                                                            "is not a list",
		`nonsense`:                                                                                        "cannot be read",
	} {
		t.Run(parameters, func(t *testing.T) {
			out, errs, err := plugin(t, "generate", dir, parameters)
			require.NoFileExists(t, filepath.Join(dir, "ran"))
			if says == "" {
				require.NoError(t, err, errs)
				require.Equal(t, len(parameters) > 2, strings.Contains(out, "name: dind-daemon"))
				return
			}
			require.Error(t, err)
			require.Empty(t, out)
			require.Contains(t, errs, says)
		})
	}
}

// TestArgoCDConfigurationThatCannotBeRead: a dindify.yaml that is no file is not the same as none.
func TestArgoCDConfigurationThatCannotBeRead(t *testing.T) {
	needsJQ(t)
	for name, put := range map[string]func(file string) error{
		"a link to nothing": func(file string) error { return os.Symlink("elsewhere.yaml", file) },
		"a folder":          func(file string) error { return os.Mkdir(file, 0o755) },
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			lay(t, dir, app)
			lay(t, dir, map[string]string{"kustomization.yaml": resources})
			require.NoError(t, put(filepath.Join(dir, "dindify.yaml")))
			found, _, err := plugin(t, "discover", dir, "")
			require.NoError(t, err)
			require.Equal(t, "kustomization.yaml\n", found)
			out, _, err := plugin(t, "generate", dir, "")
			require.Error(t, err)
			require.Empty(t, out)
		})
	}
}

func needsJQ(t *testing.T) {
	t.Helper()
	if _, err := exec.LookPath("jq"); err != nil {
		require.Empty(t, os.Getenv("CI"), "CI has jq")
		t.Skip("NOT TESTED: the plugin's script needs jq")
	}
}

// plugin runs a script of the plugin in an application's folder.
func plugin(t *testing.T, script, dir, parameters string) (out, errs string, err error) {
	t.Helper()
	cmd := exec.Command("bash", absolute(t, "examples/argocd/plugin/"+script+".sh"))
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "PATH="+path, "ARGOCD_APP_PARAMETERS="+parameters)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err = cmd.Run()
	return stdout.String(), stderr.String(), err
}

func absolute(t *testing.T, file string) string {
	t.Helper()
	name, err := filepath.Abs(filepath.Join(root, file))
	require.NoError(t, err)
	return name
}
